/**
 * Writes down what the page does to its film and says on its line, and when a person presses a key. Runs in the page; all times are
 * the machine's.
 */
export function installHooks(lab) {
  const media = HTMLMediaElement.prototype;
  const own = (name) => Object.getOwnPropertyDescriptor(media, name);

  const position = own('currentTime');
  Object.defineProperty(media, 'currentTime', {
    ...position,
    set(to) {
      lab.seeks.push([lab.now(), position.get.call(this), to, this.paused ? 1 : 0]);
      position.set.call(this, to);
    },
  });

  // Everything that can be heard of a correction: each assignment that changes something is kept, with all three values after it.
  for (const name of ['playbackRate', 'volume', 'muted']) {
    const property = own(name);
    Object.defineProperty(media, name, {
      ...property,
      set(value) {
        const before = property.get.call(this);
        property.set.call(this, value);
        if (property.get.call(this) !== before) lab.tones.push([lab.now(), this.playbackRate, this.muted ? 0 : this.volume]);
      },
    });
  }

  // Engine.IO packets are one letter: 4 is a message (2 event, 3 acknowledgement; 5 and 6 their binary forms), 2 and 3 the pings.
  const note = (direction, data) => {
    if (typeof data !== 'string') return;
    const kind = data[0] === '4' ? { 2: 'event', 3: 'ack', 5: 'event', 6: 'ack' }[data[1]] : { 2: 'ping', 3: 'ping' }[data[0]];
    if (kind === undefined) return;
    const name = kind === 'event' ? (/^4\d+-?\d*\["([^"]+)"/.exec(data)?.[1] ?? '') : kind;
    lab.packets.push([lab.now(), direction, kind, name]);
  };
  const RealSocket = window.WebSocket;
  window.WebSocket = class extends RealSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', (event) => note('in', event.data));
    }
    send(data) {
      note('out', data);
      super.send(data);
    }
  };

  const pressed = (event) => {
    if (event.isTrusted) lab.lastPress = lab.now();
  };
  window.addEventListener('keydown', pressed, { capture: true });
  window.addEventListener('pointerdown', pressed, { capture: true });
}
