/** The current short message, with its button. */
import { useApp } from './context';

export function ToastLine({ class: extra = '' }: { class?: string }) {
  const toast = useApp().toasts.current.value;
  return (
    <div
      class={`toast ${extra}`}
      role="status"
      data-shown={toast !== null}
      data-action={toast?.action !== undefined}
      key={toast?.key}
    >
      <span>{toast?.text}</span>
      {toast?.action !== undefined && (
        <button type="button" class="toast-button" onClick={toast.action.run}>
          {toast.action.label}
        </button>
      )}
    </div>
  );
}
