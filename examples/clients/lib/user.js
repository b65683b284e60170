// A user with a browser that has no window: follows redirects, keeps cookies, fills in forms.

const MAX_STEPS = 20;

/**
 * Opens the page where a client sends its user, and signs in.
 *
 * @param {URL} start the page
 * @param {string} callback where the client waits
 * @param {(page: string) => Record<string, string>} fill the fields of the form on a page
 * @param {Map<string, Map<string, string>>} jar cookies by origin; a user who stays signed in keeps them
 * @returns {Promise<URLSearchParams>} what came back to the client
 */
export async function signIn(start, callback, fill, jar = new Map()) {
  let url = new URL(start);
  let form = null;
  for (let step = 0; step < MAX_STEPS; step++) {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        Cookie: cookies(jar, url),
        ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' })
      },
      body: form ? new URLSearchParams(form).toString() : undefined
    });
    keep(jar, url, response);
    const location = response.headers.get('location');
    if (location) {
      await response.body?.cancel();
      url = new URL(location, url);
      form = null;
      if (url.href.startsWith(callback)) {
        return url.searchParams;
      }
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page);
    if (!action) {
      throw new Error(`status ${response.status} and no form at ${url}: ${page.slice(0, 500)}`);
    }
    form = fill(page);
    url = new URL(action[1].replaceAll('&amp;', '&'), url);
  }
  throw new Error(`signing in takes more than ${MAX_STEPS} steps, it is at ${url}`);
}

function cookies(jar, url) {
  const all = jar.get(url.origin) ?? new Map();
  return [...all].map(([name, value]) => `${name}=${value}`).join('; ');
}

function keep(jar, url, response) {
  const all = jar.get(url.origin) ?? new Map();
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(cookie)) {
      all.delete(name);
    } else {
      all.set(name, value);
    }
  }
  jar.set(url.origin, all);
}
