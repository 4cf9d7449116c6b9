/** The pages that create and join a room, whose code loads from the start page on. */
import { lazyComponent } from './lazy';

const Empty = () => <main id="main" class="page" />;

export const CreateRoomPage = lazyComponent(async () => (await import('./create-page')).CreateRoomPage, Empty);
export const JoinRoomPage = lazyComponent(async () => (await import('./join-page')).JoinRoomPage, Empty);
