import * as vscode from 'vscode';
import { VIEWS } from '../../ids';
import type { Ui } from '../ui';

export async function showTopology(_ui: Ui): Promise<void> {
  await vscode.commands.executeCommand(`${VIEWS.topology}.focus`);
}
