/** Why a provider does not play a video, as messages for the viewer. */
import { fetchSiteAnswer } from '../film-site';
import type { MediaProblem } from '../player';

export type ProviderReason =
  'gone' | 'private' | 'password' | 'embedding' | 'region' | 'adult' | 'offline' | 'silent' | 'domain' | 'clip' | 'other';

/** @param provider its name, such as Vimeo */
export function providerProblem(provider: string, reason: ProviderReason): MediaProblem {
  switch (reason) {
    case 'gone':
      return { title: `${provider} has no video at this link.`, hint: 'It may have been deleted. Check the link.' };
    case 'private':
      return { title: `${provider} says this video is private.`, hint: 'Only its owner can change that. Try another link.' };
    case 'password':
      return {
        title: `${provider} asks for a password for this video.`,
        hint: 'A video with a password cannot be shown in a room. Try another link.',
      };
    case 'embedding':
      return {
        title: `The owner does not allow this video outside ${provider}.`,
        hint: 'Another upload of it may be allowed.',
      };
    case 'region':
      return { title: `${provider} does not show this video in your country.`, hint: 'Others in the room may see it.' };
    case 'adult':
      return {
        title: `${provider} shows this video to adults only.`,
        hint: 'It asks for your age on its own site. Try another link.',
      };
    case 'offline':
      return { title: 'This channel is not live now.', hint: 'Try again when it is, or use the link of a recording.' };
    case 'domain':
      return {
        title: `${provider} does not play on this site.`,
        hint: `${provider} needs a page with https:// and a domain name. Its operator can change that.`,
      };
    case 'clip':
      return {
        title: `${provider} does not let other sites control clips.`,
        hint: 'Use the link of the recording that the clip was taken from.',
      };
    case 'silent':
      return {
        title: `The player of ${provider} does not answer.`,
        hint: 'A blocker may stand in its way, or the video is private or gone.',
      };
    case 'other':
      return { title: `${provider} cannot play this video here.`, hint: 'Try again in a moment, or another link.' };
  }
}

/** Asks an address of the provider about a video whose player stays silent, and returns what its status means. */
export async function explainByStatus(provider: string, address: string): Promise<MediaProblem> {
  const answer = await fetchSiteAnswer(address);
  return providerProblem(provider, reasonOfStatus(answer?.status ?? 0));
}

function reasonOfStatus(status: number): ProviderReason {
  if (status === 404 || status === 410) return 'gone';
  if (status === 401) return 'private';
  return status === 403 ? 'embedding' : 'silent';
}
