/** What the sections of the host menu share: its commands and lists. */
import { useEffect, useMemo } from 'preact/hooks';
import { type HostCommands, createHostCommands } from '../app/host-commands';
import { type HostList, createHostList } from '../app/host-lists';
import { type Ban, type Invite, bansAnswer, invitesAnswer } from '../protocol/room-access';
import { useApp } from './context';

export function useHostCommands(): HostCommands {
  const { toasts, request, controls } = useApp();
  return useMemo(
    () =>
      createHostCommands({
        toasts,
        request,
        checkReachable: controls.checkReachable,
        showRejection: controls.showRejection,
      }),
    [toasts, request, controls],
  );
}

function useHostList<T>(create: () => HostList<T>): HostList<T> {
  const list = useMemo(create, []);
  useEffect(() => list.follow(), [list]);
  return list;
}

export function useInvites(): HostList<Invite> {
  const { request, room } = useApp();
  return useHostList<Invite>(() =>
    createHostList({
      fetch: () => request('get-invites', {}),
      read: (ack, path) => invitesAnswer(ack, path).invites,
      changes: room.inviteChanges,
    }),
  );
}

export function useBans(): HostList<Ban> {
  const { request, room } = useApp();
  return useHostList<Ban>(() =>
    createHostList({
      fetch: () => request('get-bans', {}),
      read: (ack, path) => bansAnswer(ack, path).bans,
      changes: room.banChanges,
    }),
  );
}
