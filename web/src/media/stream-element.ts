/** The element of a streaming library. */

export interface StreamElement extends HTMLElement {
  nativeEl: HTMLVideoElement;
}

export function appendStreamElement(tag: string, mount: HTMLElement): StreamElement {
  const element = document.createElement(tag) as StreamElement;
  element.setAttribute('preload', 'auto');
  element.setAttribute('playsinline', '');
  mount.append(element);
  return element;
}
