/** The host menu's invitations: links that pass the password and the door. */
import { useSignal } from '@preact/signals';
import { invitationLink } from '../app/invitation-link';
import { siteAddress } from '../app/router';
import type { Invite } from '../protocol/room-access';
import { dateOfMoment } from '../room/format';
import { useApp } from './context';
import { useHostCommands, useInvites } from './room-menu-context';
import { Icon } from './icons';
import { HostSetting, MenuSection, Question } from './room-menu-parts';

const HOUR_MS = 3_600_000;
const LIFETIMES = [
  { value: HOUR_MS, label: '1 hour' },
  { value: 24 * HOUR_MS, label: '1 day' },
  { value: 7 * 24 * HOUR_MS, label: '1 week' },
  { value: null, label: 'No end' },
];
const USES = [
  { value: 1, label: '1', name: '1 person' },
  { value: 5, label: '5', name: '5 people' },
  { value: 25, label: '25', name: '25 people' },
  { value: null, label: 'Any', name: 'Any number of people' },
];

export function InvitesSection() {
  const { room, toasts } = useApp();
  const hostCommands = useHostCommands();
  const ttl = useSignal<number | null>(24 * HOUR_MS);
  const uses = useSignal<number | null>(null);
  const link = useSignal<string | null>(null);
  const busy = useSignal(false);
  const list = useInvites();
  const invites = list.items.value;

  async function create(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const token = await hostCommands.createInvite(ttl.value, uses.value);
    busy.value = false;
    if (token === null) return;
    link.value = invitationLink(location.origin + siteAddress(`/room/${room.roomId.value ?? ''}`), token);
    void list.load();
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link.value ?? '');
      toasts.show('Invitation copied');
    } catch {
      toasts.show('Copy it from the field, please.');
    }
  }

  const share = typeof navigator.share === 'function';
  return (
    <MenuSection title="Invitation" hint="A link of its own, which needs no password and no knock.">
      <HostSetting legend="It works for" choices={LIFETIMES} chosen={ttl.value} onChoose={(value) => (ttl.value = value)} />
      <HostSetting legend="How many may use it" choices={USES} chosen={uses.value} onChoose={(value) => (uses.value = value)} />
      <button type="button" class="button button-primary menu-wide" aria-disabled={busy.value} onClick={() => void create()}>
        <Icon name="link" />
        Create an invitation
      </button>
      {link.value !== null && (
        <div class="new-invite" role="group" aria-label="New invitation">
          <input
            class="new-invite-link"
            aria-label="Link of the invitation"
            readOnly
            value={link.value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <div class="menu-item-buttons">
            <button type="button" class="button button-primary button-small" onClick={() => void copy()}>
              Copy
            </button>
            {share && (
              <button
                type="button"
                class="button button-outline button-small"
                onClick={() =>
                  void navigator
                    .share({ title: 'Watch N Chill', text: 'Come and watch with me', url: link.value ?? '' })
                    .catch(() => undefined)
                }
              >
                Share
              </button>
            )}
          </div>
          <p class="menu-hint">Copy it now: for safety, the link is shown only once.</p>
        </div>
      )}
      {list.state.value === 'failed' && (
        <p class="menu-hint" role="alert">
          The list could not be fetched.{' '}
          <button type="button" class="text-button" onClick={() => void list.load()}>
            Try again
          </button>
        </p>
      )}
      {invites.length > 0 && (
        <ul class="menu-list" aria-label="Open invitations">
          {invites.map((invite) => (
            <InviteRow key={invite.inviteId} invite={invite} />
          ))}
        </ul>
      )}
    </MenuSection>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const hostCommands = useHostCommands();
  const asking = useSignal(false);
  return (
    <li>
      <div class="menu-item">
        <span class="menu-item-text">
          <b>{inviteUses(invite)}</b>
          <small>{inviteOrigin(invite)}</small>
        </span>
        {!asking.value && (
          <button
            type="button"
            class="text-button"
            aria-label={`Revoke the invitation of ${invite.userName}, ${inviteUses(invite)}`}
            onClick={() => (asking.value = true)}
          >
            Revoke
          </button>
        )}
      </div>
      {asking.value && (
        <Question
          label="Revoke the invitation"
          action="Revoke"
          grave
          onConfirm={() => void hostCommands.revokeInvite(invite.inviteId)}
          onCancel={() => (asking.value = false)}
        >
          <p>
            <b>Revoke this invitation?</b> Its link lets nobody in any more. Who came by it stays.
          </p>
        </Question>
      )}
    </li>
  );
}

export function inviteUses({ usesLeft }: Pick<Invite, 'usesLeft'>): string {
  return usesLeft === null ? 'For any number of people' : usesLeft === 1 ? 'For 1 more person' : `For ${usesLeft} more people`;
}

function inviteOrigin({ userName, expiresAt }: Invite): string {
  return `by ${userName}, ${expiresAt === null ? 'without an end' : `until ${dateOfMoment(expiresAt)}`}`;
}
