// Every id that package.json and the code share. test/unit/ui/ids.test.ts holds both against each other.

/** Commands of the manifest. */
export const COMMANDS = {
  promoteStandby: 'clustercontrolHa.promoteStandby',
  failOver: 'clustercontrolHa.failOver',
  prepareAsSecondary: 'clustercontrolHa.prepareAsSecondary',
  closeThisHost: 'clustercontrolHa.closeThisHost',
  reopenThisHost: 'clustercontrolHa.reopenThisHost',
  setUpPair: 'clustercontrolHa.setUpPair',
  rotatePasswords: 'clustercontrolHa.rotatePasswords',
  openRun: 'clustercontrolHa.openRun',
  replayRun: 'clustercontrolHa.replayRun',
  saveRunReport: 'clustercontrolHa.saveRunReport',
  resumeOperation: 'clustercontrolHa.resumeOperation',
  drill: 'clustercontrolHa.drill',
  showDrills: 'clustercontrolHa.showDrills',
  generateFiles: 'clustercontrolHa.generateFiles',
  compareWithHosts: 'clustercontrolHa.compareWithHosts',
  deploy: 'clustercontrolHa.deploy',
  harden: 'clustercontrolHa.harden',
  checkInventory: 'clustercontrolHa.checkInventory',
  newInventory: 'clustercontrolHa.newInventory',
  newInventoryFromHosts: 'clustercontrolHa.newInventoryFromHosts',
  openInventory: 'clustercontrolHa.openInventory',
  showElection: 'clustercontrolHa.showElection',
  refresh: 'clustercontrolHa.refresh',
  showTopology: 'clustercontrolHa.showTopology',
  openTerminal: 'clustercontrolHa.openTerminal',
  copyValue: 'clustercontrolHa.copyValue',
  setSecret: 'clustercontrolHa.setSecret',
  showLog: 'clustercontrolHa.showLog',
  copyDiagnostics: 'clustercontrolHa.copyDiagnostics',
  explainFinding: 'clustercontrolHa.explainFinding',
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandId = (typeof COMMANDS)[CommandName];

export const VIEW_CONTAINER = 'clustercontrolHa';

export const VIEWS = {
  topology: 'clustercontrolHa.topology',
  runs: 'clustercontrolHa.runs',
} as const;

/** View type of the runbook pages; also an activation event, so that a reload brings them back. */
export const RUNBOOK_VIEW_TYPE = 'clustercontrolHa.runbook';

/** Keys for `when` clauses. Few: each is something that only we can know. */
export const CONTEXT_KEYS = {
  /** `none`, `invalid` or `valid`; absent until the workspace has been searched. */
  inventory: 'clustercontrolHa.inventory',
} as const;

/** Settings, without the section's name. */
export const SETTINGS = {
  refreshIntervalSeconds: 'refreshIntervalSeconds',
  sshConfigFile: 'ssh.configFile',
  hooks: 'hooks',
  generatedFolder: 'generatedFolder',
  notifyOnChange: 'notifyOnChange',
} as const;

export const SETTINGS_SECTION = 'clustercontrolHa';

/** Read-only documents of ours: earlier contents of generated files, for diffs. */
export const DOCUMENT_SCHEME = 'clustercontrol-ha';

/** Inventory files, wherever they lie in the workspace. */
export const INVENTORY_GLOB = '**/{clustercontrol.yaml,*.clustercontrol.yaml}';
