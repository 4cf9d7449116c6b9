/**
 * Gives the page a clock of its own, and keeps the machine's for the lab. Runs in the page before everything else, so it may use
 * nothing from around it. What Date, performance, the stamps of events and the times of frames say is real × (1 + ppm) + offset.
 */
export function installClock(lab) {
  const { aheadMs, wallMs, ppm } = lab.clock;
  const stretch = 1 + ppm / 1e6;
  const realNow = performance.now.bind(performance);
  const realOrigin = performance.timeOrigin;
  const RealDate = Date;
  let steppedMs = 0;

  const fake = (ms) => ms * stretch + aheadMs;
  const wallNow = () => realOrigin + wallMs + steppedMs + realNow() * stretch;
  lab.now = realNow;
  lab.origin = realOrigin;
  /** Sets the wall clock: dates jump, the monotonic clock does not. */
  lab.stepWall = (ms) => void (steppedMs += ms);

  Object.defineProperty(Performance.prototype, 'now', {
    value: () => fake(realNow()),
    configurable: true,
    writable: true,
  });
  const fakeOrigin = realOrigin + wallMs - aheadMs;
  Object.defineProperty(Performance.prototype, 'timeOrigin', {
    get: () => fakeOrigin,
    configurable: true,
  });
  window.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [wallNow()] : args, newTarget),
    apply: () => new RealDate(wallNow()).toString(),
    get: (target, key) => (key === 'now' ? () => Math.floor(wallNow()) : Reflect.get(target, key)),
  });

  const stamp = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp').get;
  lab.stampOf = (event) => stamp.call(event);
  Object.defineProperty(Event.prototype, 'timeStamp', {
    get() {
      return fake(stamp.call(this));
    },
    configurable: true,
  });

  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (run) => frame((at) => run(fake(at)));
  const videoFrame = HTMLVideoElement.prototype.requestVideoFrameCallback;
  if (videoFrame === undefined) return;
  lab.onFrame = (video, run) => videoFrame.call(video, run);
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (run) {
    return videoFrame.call(this, (at, data) => {
      const { presentationTime, expectedDisplayTime } = data;
      run(fake(at), {
        ...data,
        presentationTime: fake(presentationTime),
        expectedDisplayTime: fake(expectedDisplayTime),
      });
    });
  };
}
