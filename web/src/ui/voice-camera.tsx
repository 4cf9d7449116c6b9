/** The own camera, off until it is switched on, and whether the pictures of others are shown. */
import type { Voice } from '../voice/voice';
import { CameraVideo } from './camera-pictures';
import { DeviceChoice } from './device-choice';
import { Switch } from './room-menu-parts';

export function VoiceCamera({ voice }: { voice: Voice }) {
  const { camera } = voice;
  const stream = camera.stream.value;
  const on = stream !== null || camera.opening.value;
  const settings = voice.settings.value;
  return (
    <div class="voice-own">
      <Switch
        label="Camera"
        hint={camera.opening.value ? 'Opening…' : 'The others in voice see a small picture of you'}
        on={on}
        onChange={(next) => void (next ? camera.switchOn() : camera.switchOff())}
      />
      <p class="voice-problem" role="alert">
        {camera.problem.value ?? ''}
      </p>
      {stream !== null && (
        <div class="voice-preview">
          <div class="camera-picture">
            <CameraVideo stream={stream} mirrored />
          </div>
          {camera.devices.value.length > 1 && (
            <DeviceChoice
              label="Camera"
              devices={camera.devices.value}
              chosen={settings.camera}
              onChoose={(device) => void voice.choose({ camera: device })}
            />
          )}
        </div>
      )}
      <Switch
        label="Show camera pictures"
        hint="Those of the others. Off also stops receiving them"
        on={settings.pictures}
        onChange={(pictures) => void voice.choose({ pictures })}
      />
    </div>
  );
}
