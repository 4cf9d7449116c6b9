/** The choice of a microphone or a camera. */
import { useId } from 'preact/hooks';

export function DeviceChoice(props: {
  label: string;
  devices: readonly MediaDeviceInfo[];
  /** Empty for the default of the system. */
  chosen: string;
  onChoose: (deviceId: string) => void;
}) {
  const id = useId();
  return (
    <div class="voice-device">
      <label for={id}>{props.label}</label>
      <select id={id} value={props.chosen} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        <option value="">System default</option>
        {props.devices.map((one, index) => (
          <option key={one.deviceId} value={one.deviceId}>
            {one.label === '' ? `${props.label} ${index + 1}` : one.label}
          </option>
        ))}
      </select>
    </div>
  );
}
