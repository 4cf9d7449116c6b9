/** The host menu, the entry pages and the axe rules, as the tests of rights and entry use them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

export type MenuTab = 'Room' | 'The door' | 'People';

export const menu = (page: Page) => page.getByRole('dialog', { name: 'Your room' });

/** Opens the host menu, unless it is open, and shows one of its tabs. */
export async function openMenu(page: Page, tab: MenuTab): Promise<void> {
  if (!(await menu(page).isVisible())) await page.getByRole('button', { name: /^Room menu/ }).click();
  await menu(page).getByRole('tab', { name: tab }).click();
  await menu(page).getByRole('tabpanel', { name: tab }).waitFor();
}

export async function closeMenu(page: Page): Promise<void> {
  await menu(page).getByRole('button', { name: 'Close' }).click();
  await menu(page).waitFor({ state: 'hidden' });
}

/** Opens the menu's actions for a member and starts one of them. */
export async function act(page: Page, member: string, action: string): Promise<void> {
  await openMenu(page, 'People');
  const actions = menu(page).getByRole('group', { name: `Actions for ${member}` });
  if (!(await actions.isVisible()))
    await menu(page)
      .getByRole('button', { name: `Actions for ${member}` })
      .click();
  await actions.getByRole('button', { name: action }).click();
}

/** Removes a member, with a ban when its duration is given. */
export async function remove(page: Page, member: string, ban?: string): Promise<void> {
  await act(page, member, 'Remove…');
  if (ban !== undefined) await menu(page).getByRole('button', { name: ban }).click();
  await menu(page)
    .getByRole('button', { name: ban === undefined ? 'Remove' : 'Remove and ban', exact: true })
    .click();
}

export async function chooseEntry(page: Page, entry: string): Promise<void> {
  await openMenu(page, 'The door');
  await menu(page).getByRole('button', { name: entry }).click();
  await menu(page).getByRole('button', { name: entry, pressed: true }).waitFor();
}

export async function lockWithPassword(page: Page, password: string): Promise<void> {
  await chooseEntry(page, 'With a password');
  await menu(page).getByLabel('New password').fill(password);
  await menu(page).getByRole('button', { name: 'Lock the room' }).click();
  await menu(page).getByRole('button', { name: 'Change the password' }).waitFor();
}

/** Creates an invitation and returns its link. */
export async function invite(page: Page): Promise<string> {
  await openMenu(page, 'The door');
  await menu(page).getByRole('button', { name: 'Create an invitation' }).click();
  const link = menu(page).getByLabel('Link of the invitation');
  await link.waitFor();
  return link.inputValue();
}

/** Opens a room's link and gives a name; what comes then depends on the room. */
export async function knock(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Take a seat' }).click();
}

export async function enterPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Let me in' }).click();
}

export const heading = (page: Page, name: string) => page.getByRole('heading', { name });
export const inside = (page: Page) => page.locator('#chat-input').waitFor();

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Returns what axe finds on the page: the rules of WCAG 2.2 A and AA, and its best practices. */
export async function axeViolations(page: Page): Promise<string[]> {
  // An animation in progress has colours that nobody reads.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
  return page.evaluate(async (source) => {
    const scope = window as unknown as { axe?: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    // Evaluated here, because the page's content security policy lets no other script in.
    if (scope.axe === undefined) (0, eval)(source);
    const { violations } = await scope.axe!.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, axe);
}
