/**
 * A site as the rest of the product reads it: every default filled in.
 * Each scheme extends it; `core/schemes/<scheme>` turns the YAML's values into its own.
 */
export interface Site {
  readonly scheme: string;
  readonly name: string;
  /** Inventory file this site stands in. */
  readonly file: string;
  readonly hosts: readonly SiteHost[];
}

export interface SiteHost {
  readonly name: string;
  readonly address: string;
  readonly ssh: SshSettings;
}

/** What is undefined comes from the operator's own ssh configuration (`ssh -G`). */
export interface SshSettings {
  readonly user: string | undefined;
  readonly port: number | undefined;
  readonly identityFile: string | undefined;
  readonly jump: string | undefined;
}

/** `{ secret: name }`: the value lives in SecretStorage, or in CCHA_SECRET_<NAME> for the CLI. */
export interface SecretReference {
  readonly secret: string;
}
