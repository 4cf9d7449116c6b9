import { render } from 'preact';
import { createApp } from './app/app';
import { startPageEffects } from './app/page-effects';
import { listenToHistory } from './app/router';
import { AppContext } from './ui/context';
import { Root } from './ui/root';
import './styles/index.css';

listenToHistory();
const app = createApp();
startPageEffects(app);
const mount = document.getElementById('app');
if (mount !== null) {
  render(
    <AppContext.Provider value={app}>
      <Root />
    </AppContext.Provider>,
    mount,
  );
}
