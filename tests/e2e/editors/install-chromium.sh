# See to the browser that shows VS Code: install one where apt and root are there to do it, else say what is missing.
for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null && exit
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium ..."
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
    echo "There is no chromium, chromium-browser or google-chrome, and no apt-get with root's rights to install one."
    echo "The tests of VS Code are skipped (and fail where CI=true) until you install one of them."
fi
