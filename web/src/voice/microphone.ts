/** Opens the microphone, or says in words why there is none. */
export class MicrophoneProblem extends Error {}

const WORDS: Partial<Record<string, string>> = {
  NotAllowedError: 'The browser does not allow the microphone here. Allow it in the address bar, then try again.',
  NotFoundError: 'No microphone was found. Connect one, then try again.',
  NotReadableError: 'Another program uses the microphone. Close it, then try again.',
  OverconstrainedError: 'That microphone is not there any more. Choose another one.',
};

/** @throws MicrophoneProblem with a text for the viewer */
export async function openMicrophone(deviceId: string): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || !window.isSecureContext)
    throw new MicrophoneProblem('Browsers allow the microphone on https pages alone. Open this room with https.');
  if (typeof RTCPeerConnection === 'undefined') throw new MicrophoneProblem('This browser cannot do voice.');
  try {
    return await devices.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...(deviceId !== '' && { deviceId: { exact: deviceId } }),
      },
    });
  } catch (problem) {
    const name = problem instanceof Error ? problem.name : '';
    if (name === 'OverconstrainedError' && deviceId !== '') return openMicrophone('');
    throw new MicrophoneProblem(WORDS[name] ?? 'The microphone could not be opened.');
  }
}

/** Returns the microphones; their names are there once one is allowed. */
export async function microphones(): Promise<MediaDeviceInfo[]> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const all = (await devices?.enumerateDevices().catch(() => [])) ?? [];
  return all.filter((device) => device.kind === 'audioinput' && device.deviceId !== '');
}
