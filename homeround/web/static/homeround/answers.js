// What an answer of the server means to somebody who is typing: one table of words for forms, drafts and the lock, so
// that no script says "no connection" when the server refused, or nothing when it failed.
export const NO_LINE = 0;

const WORDS = {
  [NO_LINE]: "there is no connection",
  401: "you are not signed in any more",
  403: "this page was opened before you last signed in, or is not yours to write any more",
  404: "this page is not open to you any more: the home, the person or your role may have changed",
  409: "this form was opened by somebody else, or in another role",
  413: "this is more than one form can hold",
  429: "there were too many tries in a short time: wait five minutes",
  500: "something went wrong at our end",
  503: "saving is slow at the moment",
};

// Why something was not done, as the middle of a sentence.
export function why(status) {
  return WORDS[status] ?? (status >= 500 ? WORDS[500] : `the server answered ${status}`);
}

// Is this browser locked, and is the page still that of whoever is signed in? The page's check against foreign pages may
// be older than the last sign-in: a page that is still theirs gets the new one into every form.
export async function askState() {
  const state = await (await fetch(document.body.dataset.state)).json();
  const isOurs = String(state.membership) === document.body.dataset.membership;
  if (isOurs) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = state.csrf;
  }
  return { isLocked: state.locked, isOurs };
}

// Sends with `send`, which makes its body anew each time; once more after a refusal of the page's check.
export async function sendTwice(send) {
  const answer = await send();
  return answer.status === 403 && (await askState()).isOurs ? send() : answer;
}
