/** Shows in the status bar which store the document in front asks, and why that one or none. */

import * as vscode from 'vscode';
import type { LanguageClient, StaticFeature } from 'vscode-languageclient/node';

/** What the server tells of a document: `mlq/status`. */
interface Status {
	readonly uri: string;
	readonly text: string;
	readonly details: readonly string[];
	readonly hasKeys: boolean;
}

/** Says to the server that there is a place to show statuses. */
const shown: StaticFeature = {
	fillClientCapabilities: (capabilities) => {
		capabilities.experimental = { ...(capabilities.experimental as object | undefined), mlqStatus: true };
	},
	initialize: () => undefined,
	getState: () => ({ kind: 'static' }),
	clear: () => undefined,
};

export class StatusBar implements vscode.Disposable {
	private readonly item = vscode.window.createStatusBarItem('mlq.status', vscode.StatusBarAlignment.Right);
	private readonly known = new Map<string, Status>();
	private readonly listener = vscode.window.onDidChangeActiveTextEditor(() => this.show());

	constructor() {
		this.item.name = 'mlq';
		this.item.command = 'mlq.reconnect';
	}

	/** Listens to a client that is about to start; what an earlier one told is over. */
	attach(client: LanguageClient): void {
		this.known.clear();
		this.show();
		client.registerFeature(shown);
		client.onNotification('mlq/status', (status: Status) => {
			this.known.set(vscode.Uri.parse(status.uri).toString(), status);
			this.show();
		});
	}

	dispose(): void {
		this.listener.dispose();
		this.item.dispose();
	}

	private show(): void {
		const document = vscode.window.activeTextEditor?.document.uri.toString();
		const status = document === undefined ? undefined : this.known.get(document);
		if (!status) {
			this.item.hide();
			return;
		}
		this.item.text = status.text;
		this.item.tooltip = [...status.details, 'Click to connect again.'].join('\n');
		this.item.show();
	}
}
