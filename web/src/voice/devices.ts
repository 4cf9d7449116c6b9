/** Opens the microphone or the camera, or says in words why there is none. */
export class DeviceProblem extends Error {}

export type DeviceKind = 'microphone' | 'camera';

/** About 160x120 at 15 frames a second, which is what a small picture beside the film needs. */
const PICTURE: MediaTrackConstraints = {
  width: { ideal: 160 },
  height: { ideal: 120 },
  frameRate: { ideal: 15, max: 15 },
};
const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

function problemText(name: string, kind: DeviceKind): string {
  switch (name) {
    case 'NotAllowedError':
      return `The browser does not allow the ${kind} here. Allow it in the address bar, then try again.`;
    case 'NotFoundError':
      return `No ${kind} was found. Connect one, then try again.`;
    case 'NotReadableError':
      return `Another program uses the ${kind}. Close it, then try again.`;
    case 'OverconstrainedError':
      return `That ${kind} is not there any more. Choose another one.`;
    default:
      return `The ${kind} could not be opened.`;
  }
}

/** @throws DeviceProblem with a text for the viewer */
export async function openDevice(kind: DeviceKind, deviceId: string): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || !window.isSecureContext)
    throw new DeviceProblem(`Browsers allow the ${kind} on https pages alone. Open this room with https.`);
  if (typeof RTCPeerConnection === 'undefined') throw new DeviceProblem('This browser cannot do voice.');
  const chosen = deviceId !== '' && { deviceId: { exact: deviceId } };
  try {
    return await devices.getUserMedia(
      kind === 'camera' ? { video: { ...PICTURE, ...chosen } } : { audio: { ...SOUND, ...chosen } },
    );
  } catch (problem) {
    const name = problem instanceof Error ? problem.name : '';
    if (name === 'OverconstrainedError' && deviceId !== '') return openDevice(kind, '');
    throw new DeviceProblem(problemText(name, kind));
  }
}

/** Returns the microphones or cameras; their names are there once one is allowed. */
export async function listDevices(kind: DeviceKind): Promise<MediaDeviceInfo[]> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const all = (await devices?.enumerateDevices().catch(() => [])) ?? [];
  const input = kind === 'camera' ? 'videoinput' : 'audioinput';
  return all.filter((device) => device.kind === input && device.deviceId !== '');
}
