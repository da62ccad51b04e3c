// Every test file of the extension host: esbuild bundles them into one suite.
import './activation.test';
import './diagnostics.test';
