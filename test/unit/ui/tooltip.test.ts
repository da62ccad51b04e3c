import assert from 'node:assert/strict';
import type { TopologyNode } from '../../../src/core/topology/node';
import { escapeMarkdown, tooltipMarkdown, type TooltipWords } from '../../../src/ui/tree/tooltip';

const words: TooltipWords = {
  state: 'healthy',
  source: (source, age) => `${source}, ${age} ago`,
  lastKnown: (age) => `last known, ${age} ago`,
};

function node(facts: TopologyNode['facts']): TopologyNode {
  return {
    id: 'dc1/cc1',
    kind: 'controller',
    label: 'cc1',
    description: 'primary',
    state: 'healthy',
    facts,
    children: [],
    tokens: [],
    site: 'dc1',
  };
}

describe('tooltips', () => {
  it('show every fact with its source and age', () => {
    const facts = [{ label: 'Lag', value: '0 s', source: 'SHOW REPLICA STATUS', atMs: 1_000 }];
    const text = tooltipMarkdown({ node: node(facts), children: [] }, 4_000, words);
    assert.match(text, /\*\*cc1\*\* · primary · healthy/);
    assert.match(text, /Lag: \*\*0 s\*\* {2}\n\*SHOW REPLICA STATUS, 3 s ago\*/);
  });

  it('show what was last known beside what is unknown now', () => {
    const lastKnown = {
      description: 'primary',
      state: 'healthy' as const,
      facts: [{ label: 'Epoch', value: '7', source: 'role record', atMs: 0 }],
      atMs: 0,
    };
    const text = tooltipMarkdown({ node: node([]), lastKnown, children: [] }, 180_000, words);
    assert.match(text, /last known, 3 min ago\*\*: primary/);
    assert.match(text, /Epoch: \*\*7\*\*/);
  });

  it("make a host's text harmless", () => {
    const hostile = '[x](command:evil) ![i](http://a/b) `c` <img> $(flame) | cell\n# head';
    const escaped = escapeMarkdown(hostile);
    assert.doesNotMatch(escaped, /(^|[^\\])[[\]()!`<>$|#]/);
    assert.doesNotMatch(escaped, /\n/);
  });
});
