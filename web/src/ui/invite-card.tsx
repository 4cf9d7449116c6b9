/** The invitation in large, for the empty room and the list of members. Loaded with them. */
import '../styles/invite.css';
import { useApp } from './context';
import { Icon } from './icons';
import { useInvite } from './invite';

export function InviteCard() {
  const { room } = useApp();
  const { copy, share, copied } = useInvite();
  const code = room.roomId.value ?? '';
  return (
    <section class="invite" aria-label="Invite people">
      <p class="invite-code">
        <span class="visually-hidden">Room code </span>
        <span aria-hidden="true">{code}</span>
        <span class="visually-hidden">{[...code].join(' ')}</span>
      </p>
      <div class="invite-buttons">
        <button type="button" class="button button-primary" onClick={() => void copy()}>
          <Icon name={copied.value ? 'check' : 'link'} />
          {copied.value ? 'Link copied' : 'Copy link'}
        </button>
        {share !== null && (
          <button type="button" class="button button-outline" onClick={share}>
            <Icon name="share" />
            Share
          </button>
        )}
      </div>
    </section>
  );
}
