/** Starts and restarts the language server, and says which one runs and why. */

import { PythonExtension } from '@vscode/python-extension';
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

import { isServer, type Missing, type Server } from './server';
import { StatusBar } from './status';
import { lookForServer } from './surroundings';

let client: LanguageClient | undefined;
let output: vscode.LogOutputChannel;
let statusBar: StatusBar;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
	output = vscode.window.createOutputChannel('mlq', { log: true });
	statusBar = new StatusBar();
	const python = await pythonExtension();
	const restart = oneAtATime(() => start(context, python));
	context.subscriptions.push(
		output,
		statusBar,
		vscode.commands.registerCommand('mlq.restart', restart),
		vscode.commands.registerCommand('mlq.showOutput', () => output.show()),
		vscode.workspace.onDidGrantWorkspaceTrust(restart),
		vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('mlq.path') && restart()),
	);
	if (python) {
		context.subscriptions.push(python.environments.onDidChangeActiveEnvironmentPath(restart));
	}
	await restart();
}

export async function deactivate(): Promise<void> {
	const last = client;
	client = undefined;
	// A server that never started, or died, cannot be stopped again.
	await last?.dispose().catch(() => undefined);
}

async function start(context: vscode.ExtensionContext, python: PythonExtension | undefined): Promise<void> {
	await deactivate();
	const found = lookForServer(context, python);
	if (!isServer(found)) {
		explain(found);
		return;
	}
	output.info(`Starting ${[found.command, ...found.args].join(' ')} (${found.why})`);
	client = newClient(found, languages(context));
	statusBar.attach(client);
	try {
		await client.start();
	} catch (error) {
		explain({ looked: [String(error)], message: `mlq: ${found.command} did not start.` });
	}
}

/** The languages that the manifest names, which the server reads. */
function languages(context: vscode.ExtensionContext): string[] {
	const { activationEvents } = context.extension.packageJSON as { activationEvents: string[] };
	return activationEvents.map((event) => event.replace('onLanguage:', ''));
}

function newClient(server: Server, read: string[]): LanguageClient {
	return new LanguageClient(
		'mlq',
		'mlq',
		{ command: server.command, args: [...server.args] },
		{
			documentSelector: [
				...['file', 'untitled'].flatMap((scheme) => read.map((language) => ({ scheme, language }))),
				// These come with their notebook.
				...['python', 'markdown', 'mlq'].map((language) => ({ scheme: 'vscode-notebook-cell', language })),
			],
			outputChannel: output,
			// The settings themselves the server asks for, and watches.
			initializationOptions: { trustWorkspace: vscode.workspace.isTrusted },
		},
	);
}

function explain(missing: Missing): void {
	for (const line of missing.looked) {
		output.error(line);
	}
	const openSettings = 'Open Settings';
	const showOutput = 'Show Output';
	// Not waited for: the message may stay open for hours.
	void vscode.window.showErrorMessage(missing.message, openSettings, showOutput).then((choice) => {
		if (choice === openSettings) {
			void vscode.commands.executeCommand('workbench.action.openSettings', 'mlq.path');
		} else if (choice === showOutput) {
			output.show();
		}
	});
}

async function pythonExtension(): Promise<PythonExtension | undefined> {
	try {
		return await PythonExtension.api();
	} catch {
		return undefined; // It is not installed, which is fine.
	}
}

/** Makes calls wait for the one before, so that two restarts never leave two servers. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
	let last = Promise.resolve();
	return () => (last = last.then(run, run));
}
