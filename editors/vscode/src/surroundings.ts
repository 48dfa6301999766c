/** Gathers from VS Code and the disk what the search for the server depends on. */

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import type { PythonExtension } from '@vscode/python-extension';
import * as vscode from 'vscode';

import { findServer, type Missing, type Server } from './server';

export function lookForServer(
	context: vscode.ExtensionContext,
	python: PythonExtension | undefined,
): Server | Missing {
	return findServer({
		setting: vscode.workspace.getConfiguration('mlq').get<string>('path', '').trim(),
		isTrusted: vscode.workspace.isTrusted,
		folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
		interpreter: python && selectedInterpreter(python),
		searchPath: (process.env['PATH'] ?? '').split(path.delimiter),
		bundle: context.asAbsolutePath(path.join('bundled', 'mlq_lsp.py')),
		home: os.homedir(),
		isWindows: process.platform === 'win32',
		exists: isFile,
	});
}

/** The interpreter that the person chose for the workspace; undefined where it is a name to look up or a folder. */
function selectedInterpreter(python: PythonExtension): string | undefined {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	const selected = python.environments.getActiveEnvironmentPath(folder).path;
	return path.isAbsolute(selected) && isFile(selected) ? selected : undefined;
}

function isFile(file: string): boolean {
	return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
