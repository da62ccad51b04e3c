import * as vscode from 'vscode';
import { VIEWS } from '../../ids';
import { requireTrust } from '../pick';
import type { Ui } from '../ui';

/** Asks every host now; the view shows progress. */
export async function refresh(ui: Ui): Promise<void> {
  requireTrust();
  await vscode.window.withProgress({ location: { viewId: VIEWS.topology } }, () => ui.refresh.refreshNow());
}
