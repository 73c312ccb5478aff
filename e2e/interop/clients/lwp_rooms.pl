# A client application in Perl: LWP, with the form encoding that it chooses by itself.
use strict;
use warnings;
use JSON::PP qw(decode_json encode_json);
use LWP::UserAgent;

my $agent = LWP::UserAgent->new;
my $answer = $agent->post("$ENV{BASE_URL}/api/oauth/token", {
    grant_type        => "client_credentials",
    client_id         => $ENV{CLIENT_ID},
    client_secret     => $ENV{CLIENT_SECRET},
    scope             => "rooms:create",
    requested_subject => 'ana@example.com',
});
die $answer->content unless $answer->is_success;
my $token = decode_json($answer->content);

my @bearer = (Authorization => "Bearer $token->{access_token}");
my @created;
for my $path ("/api/external/rooms", "/external-api/v1.0/rooms/") {
    push @created, 0 + $agent->post("$ENV{BASE_URL}$path", @bearer)->code;
    push @created, 0 + $agent->post("$ENV{BASE_URL}$path", @bearer, Content_Type => "application/json", Content => "{}")->code;
}
print encode_json({ scope => $token->{scope}, created => \@created });
