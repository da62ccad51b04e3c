import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameReader } from '../../../src/adapters/ssh/frames';

const mark = 'f'.repeat(24);

function read(bytes: Buffer, cuts: readonly number[]): FrameReader {
  const reader = new FrameReader(mark);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    reader.push(bytes.subarray(from, Math.min(cut, bytes.length)));
    from = Math.min(cut, bytes.length);
  }
  reader.push(bytes.subarray(from));
  return reader;
}

describe("frames of a lane's stream", () => {
  it('any output comes out as it went in, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc.array(fc.nat(400)),
        (output, noise, cuts) => {
          const bytes = Buffer.from(
            `${noise.replaceAll(mark, '')}${mark}< 123\n${output}\n${mark}> 7 left\n`,
          );
          const reader = read(bytes, cuts);
          assert.equal(reader.text(), output);
          assert.deepEqual([reader.beginText, reader.endText], ['123', '7 left']);
        },
      ),
    );
  });

  it('tells whole lines of output as they come, and nothing of its marks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z é]{0,12}$/)),
        fc.array(fc.nat(200), { maxLength: 20 }),
        (lines, cuts) => {
          const output = lines.map((line) => `${line}\n`).join('');
          const bytes = Buffer.from(`${mark}< 1\n${output}\n${mark}> 0 none\n`);
          const reader = new FrameReader(mark);
          let [told, from] = ['', 0];
          for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
            reader.push(bytes.subarray(from, Math.min(cut, bytes.length)));
            from = Math.min(cut, bytes.length);
            if (reader.endText === undefined) told += reader.freshLines();
          }
          assert.ok(`${output}\n`.startsWith(told), JSON.stringify(told));
          assert.ok(told === '' || told.endsWith('\n'));
        },
      ),
    );
  });

  it('half a mark, or the mark of another command, ends nothing', () => {
    const output = `\n${mark.slice(1)}>\n${'e'.repeat(24)}> 0\n${mark}`;
    const reader = read(Buffer.from(`${mark}< \n${output}`), []);
    assert.equal(reader.endText, undefined);
  });

  it('twenty megabytes in small pieces stay quick', function () {
    this.timeout(5000);
    const reader = new FrameReader(mark);
    reader.push(Buffer.from(`${mark}< 1\n`));
    const piece = Buffer.alloc(8192, 'x');
    for (let i = 0; i < 2560; i++) reader.push(piece);
    reader.push(Buffer.from(`\n${mark}> 0 none\n`));
    assert.equal(reader.text().length, 8192 * 2560);
  });
});
