<?php
// A client application in PHP: its curl functions, with the form encoding that they choose by themselves.

function post(string $path, string $body, array $options): array {
    $handle = curl_init(getenv("BASE_URL") . $path);
    curl_setopt_array($handle, $options + [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => $body,
        CURLOPT_RETURNTRANSFER => true,
    ]);
    $text = curl_exec($handle);
    if ($text === false) throw new RuntimeException(curl_error($handle));
    return ["status" => curl_getinfo($handle, CURLINFO_RESPONSE_CODE), "json" => json_decode($text, true)];
}

$form = http_build_query([
    "grant_type" => "client_credentials",
    "scope" => "rooms:create",
    "requested_subject" => "ana@example.com",
]);
$token = post("/api/oauth/token", $form, [
    CURLOPT_USERPWD => getenv("CLIENT_ID") . ":" . getenv("CLIENT_SECRET"),
])["json"];
if (!isset($token["access_token"])) throw new RuntimeException(json_encode($token));
$bearer = ["Authorization: Bearer " . $token["access_token"]];

$created = [];
foreach (["/api/external/rooms", "/external-api/v1.0/rooms/"] as $path) {
    $created[] = post($path, "", [CURLOPT_HTTPHEADER => $bearer])["status"];
    $created[] = post($path, "{}", [CURLOPT_HTTPHEADER => [...$bearer, "Content-Type: application/json"]])["status"];
}
echo json_encode(["scope" => $token["scope"], "created" => $created]);
