import * as vscode from 'vscode';
import type { Log } from '../core/ports';
import type { Redactor } from './redact';

/** The one output channel. Everything in it has gone through the redactor. */
export class ChannelLog implements Log, vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('ClusterControl HA', { log: true });

  constructor(private readonly redactor: Redactor) {}

  debug(message: string): void {
    this.channel.debug(this.redactor.redact(message));
  }

  info(message: string): void {
    this.channel.info(this.redactor.redact(message));
  }

  warn(message: string): void {
    this.channel.warn(this.redactor.redact(message));
  }

  error(message: string): void {
    this.channel.error(this.redactor.redact(message));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}
