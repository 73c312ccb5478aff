# A client application in Ruby: the gem oauth2, used as its documentation shows.
require "json"
require "oauth2"

client = OAuth2::Client.new(
  ENV.fetch("CLIENT_ID"), ENV.fetch("CLIENT_SECRET"),
  site: ENV.fetch("BASE_URL"), token_url: "/api/oauth/token"
)
begin
  token = client.client_credentials.get_token(scope: "rooms:create", requested_subject: "ana@example.com")
rescue OAuth2::Error => error
  puts JSON.generate(error: error.code, description: error.description)
else
  form = { "Content-Type" => "application/x-www-form-urlencoded" }
  created = ["/api/external/rooms", "/external-api/v1.0/rooms/"].flat_map do |path|
    [token.post(path).status, token.post(path, headers: form).status]
  end
  puts JSON.generate(scope: token["scope"], created: created)
end
