# A client application in shell: wget, which calls every body a form.
set -eu
# Nothing of the person who runs the tests: a .wgetrc may send another kind of request.
post() { wget --no-config --quiet --output-document=- "$@"; }
token=$(post --auth-no-challenge --user="$CLIENT_ID" --password="$CLIENT_SECRET" "$BASE_URL/api/oauth/token" \
  --post-data='grant_type=client_credentials&scope=rooms:create&requested_subject=ana@example.com')
access=$(printf '%s' "$token" | sed -E 's/.*"access_token":"([^"]+)".*/\1/')
scope=$(printf '%s' "$token" | sed -E 's/.*"scope":"([^"]+)".*/\1/')

created=
for path in /api/external/rooms /external-api/v1.0/rooms/; do
  for body in '' '{}'; do
    # The type of JSON is said where there is some.
    set -- --header="Authorization: Bearer $access" --post-data="$body"
    if [ -n "$body" ]; then set -- "$@" --header='Content-Type: application/json'; fi
    status=$(post --server-response "$@" "$BASE_URL$path" 2>&1 >/dev/null | sed -nE 's/^ *HTTP\/[0-9.]+ ([0-9]+).*/\1/p')
    created="$created${created:+,}$status"
  done
done
printf '{"scope":"%s","created":[%s]}' "$scope" "$created"
