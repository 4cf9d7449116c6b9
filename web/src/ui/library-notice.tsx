/** What is said over the picture while the server cannot send a film of its library yet. */
import '../styles/film-notice.css';
import { useApp } from './context';

export function LibraryNotice() {
  const text = useApp().library.loaded.value?.waiting.value ?? null;
  return (
    <div class="film-notice" role="status">
      {text !== null && (
        <div class="film-notice-card">
          <p>{text}</p>
        </div>
      )}
    </div>
  );
}
