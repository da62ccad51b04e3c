import type { TemplateResult } from 'lit/html.js';
import { html } from 'lit/html.js';
import type { PlanPicture } from '../../src/shared/protocol';
import { describePicture, placeArrows } from '../model/picture';
import { icon } from './parts';

/**
 * Nodes as boxes in a row, the virtual IP above its holder, arrows beneath. Places are classes, not inline
 * styles: the page's content security policy allows none. A screen reader gets one sentence for each part.
 */
export function picture(title: string, drawn: PlanPicture): TemplateResult {
  const holder = drawn.nodes.findIndex((node) => node.host === drawn.vip.holder) + 1;
  return html`<figure>
    <figcaption>${title}</figcaption>
    <div
      class="picture columns-${drawn.nodes.length}"
      role="img"
      aria-label="${title}: ${describePicture(drawn)}"
    >
      <div class="vip ${holder > 0 ? `from-${holder} to-${holder}` : 'nowhere'}">
        <span class="pill">
          ${icon('globe')} <span>VIP ${drawn.vip.address}${holder > 0 ? '' : ', on no host'}</span>
        </span>
      </div>
      ${drawn.nodes.map(
        (node, index) =>
          html`<div class="node from-${index + 1} to-${index + 1} ${index + 1 === holder ? 'holder' : ''}">
            <strong>${icon('server')} ${node.host}</strong>
            <span class="role">${node.role}</span>
            ${node.lines.map((line) => html`<span class="line">${line}</span>`)}
          </div>`,
      )}
      ${placeArrows(drawn).map(
        (arrow) =>
          html`<div class="arrow ${arrow.direction} from-${arrow.first} to-${arrow.last}">
            <span class="shaft"></span>
            <span class="label">${arrow.label} <span class="ends">${arrow.from} → ${arrow.to}</span></span>
          </div>`,
      )}
    </div>
  </figure>`;
}
