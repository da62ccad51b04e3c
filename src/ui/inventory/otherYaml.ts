import * as vscode from 'vscode';
import type { Finding } from '../../core/findings/finding';
import { DIAGNOSTIC_SOURCE } from './source';

/** What any reader of YAML says by itself. */
const OF_YAML: readonly string[] = ['yaml-syntax', 'duplicate-key'];

/** An extension for YAML may say it too: then ours would be the second of two. */
export function isOfYaml({ code }: Finding): boolean {
  return OF_YAML.includes(code);
}

/** Another extension for YAML has a problem that begins on this line. */
export function othersSay(uri: vscode.Uri, line: number): boolean {
  return vscode.languages
    .getDiagnostics(uri)
    .some(
      ({ source = '', range }) =>
        source !== DIAGNOSTIC_SOURCE && /yaml/i.test(source) && range.start.line === line,
    );
}

/** The extension for YAML that most people have. It lists the symbols of every YAML file: one outline is enough. */
export function othersOutline(): boolean {
  return vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
}
