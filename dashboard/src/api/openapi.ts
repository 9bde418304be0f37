// Made by `npm run generate` from docs/openapi.json.
export interface paths {
    "/api/auth/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of authentication, and the caller */
        get: operations["getAuthStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in with username and password, and a code if the second factor is on
         * @description For an account with a second factor, a login without a code gets 401 with `requires_totp: true`. Ask the user for a code and send all three.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * First launch: create the owner
         * @description Creates the account that owns this host and logs it in. Refused once an owner exists.
         */
        post: operations["setupOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * First launch: go without protection
         * @description Anyone who can reach the port then has full access to the API. Refused once an owner exists.
         */
        post: operations["skipProtection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * First launch: go without protection
         * @description Anyone who can reach the port then has full access to the API. Refused once an owner exists.
         */
        post: operations["declineProtection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove the login and return to the first launch
         * @description Requires the owner’s password, and a code if the second factor is on and this session has not passed it. API tokens keep working.
         */
        post: operations["disableProtection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Require tokens again after `enabled: false` in auth.json
         * @description Requires the owner’s password.
         */
        post: operations["enableProtection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange the refresh cookie for a new session token
         * @description Each refresh token is valid once; the answer sets its successor. A replayed refresh token ends all sessions of its user.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session and revoke its tokens */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller, with their present permissions */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller’s own sessions, last used first */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** End all of the caller’s sessions but this one */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of the caller’s sessions */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the secret of a link from another host of this panel */
        post: operations["loginByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the caller’s own password
         * @description All other sessions of the caller end. API tokens keep working.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the caller’s own password
         * @description All other sessions of the caller end. API tokens keep working.
         */
        post: operations["changePasswordAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the caller’s second factor is on */
        get: operations["getTotpStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start enrolling an authenticator
         * @description The second factor turns on once a code is verified; a present second factor stays on until then. An enrolment expires after an hour, and the next call replaces it.
         */
        post: operations["setupTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/2fa/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the caller’s second factor is on */
        get: operations["getTwoFactorStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/2fa/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start enrolling an authenticator
         * @description The second factor turns on once a code is verified; a present second factor stays on until then. An enrolment expires after an hour, and the next call replaces it.
         */
        post: operations["setupTwoFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish an enrolment with a code of the authenticator
         * @description Turns the second factor on and marks this session as having passed it. If it replaces another second factor, the caller’s other sessions end.
         */
        post: operations["enableTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/2fa/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish an enrolment with a code of the authenticator
         * @description Turns the second factor on and marks this session as having passed it. If it replaces another second factor, the caller’s other sessions end.
         */
        post: operations["verifyTwoFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor off, with the password
         * @description Requires a code unless this session has passed the second factor. The caller’s other sessions end.
         */
        post: operations["disableTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/2fa/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor off, with a code
         * @description The caller’s other sessions end.
         */
        post: operations["disableTwoFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/totp/backup-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace all backup codes by ten new codes */
        post: operations["replaceBackupCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reauthenticate, for routes that answer STEP_UP_REQUIRED
         * @description Valid for this session and five minutes. Requires a code if the second factor is on.
         */
        post: operations["confirmSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/generate-api-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a token for an integration
         * @description Requires the password, and a code if the second factor is on. At each use the token has its user’s present permissions, limited by its scope, which defaults to `read_only`.
         */
        post: operations["mintApiToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller’s API tokens, newest first; the owner sees all users’ tokens
         * @description Revoked tokens stay listed until they would have expired.
         */
        get: operations["listApiTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token, effective with its next request
         * @description Requires no password and may be repeated. The owner can revoke every user’s tokens.
         */
        delete: operations["revokeApiToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-tokens/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a successor; the old token stays valid for 24 hours
         * @description The successor has the same name, scope, networks and lifetime. Requires the same credentials as creating a token. A token can be rotated once, by its own user.
         */
        post: operations["rotateApiToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Name and avatar of the caller */
        get: operations["getProfile"];
        /** Change the display name */
        put: operations["updateProfile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/profile/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s avatar */
        get: operations["getAvatar"];
        put?: never;
        /**
         * Upload or replace the avatar
         * @description PNG, JPEG, WebP or GIF, at most 2 MB and 4096 pixels a side. The bytes must be a complete image of the declared type.
         */
        post: operations["uploadAvatar"];
        /**
         * Remove the caller’s avatar
         * @description Succeeds also without an avatar.
         */
        delete: operations["deleteAvatar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all users */
        get: operations["listUsers"];
        put?: never;
        /** Create a user */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** Remove a user, end their sessions and revoke their API tokens */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description A new password, a reset second factor or `is_active: false` ends the user’s sessions.
         */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End all sessions of a user */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Clear a user’s failed attempts */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/resellers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all resellers */
        get: operations["listResellers"];
        put?: never;
        /** Create a reseller */
        post: operations["createReseller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/resellers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One reseller */
        get: operations["getReseller"];
        put?: never;
        post?: never;
        /** Remove a reseller that has no users */
        delete: operations["removeReseller"];
        options?: never;
        head?: never;
        /**
         * Change a reseller
         * @description `is_active: false` suspends it: the sessions of its users end, and their API tokens are refused until it is active again.
         */
        patch: operations["changeReseller"];
        trace?: never;
    };
    "/api/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all permissions with a description */
        get: operations["listPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Security events, newest first
         * @description The last million events. Pass `next_before` of a page as `before` of the next.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description, as OpenAPI 3.1 */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link that opens another host of this panel in the same session */
        post: operations["handOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The hosts of this panel, with their health; a single host lists itself */
        get: operations["listHosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tenants of this panel, by slug */
        get: operations["listTenants"];
        put?: never;
        /**
         * Create a tenant
         * @description It is a first launch under its own host name, which asks for the setup code.
         */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One tenant */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        /** Remove a tenant with its users, sessions, API tokens and audit index */
        delete: operations["removeTenant"];
        options?: never;
        head?: never;
        /**
         * Rename, suspend or resume a tenant
         * @description Every request to a suspended tenant is refused with 403 `account is disabled`.
         */
        patch: operations["changeTenant"];
        trace?: never;
    };
    "/api/tenants/{id}/setup-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new setup code for a tenant without an owner; the last one ends */
        post: operations["renewSetupCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security/confirm-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The change that awaits confirmation, or null
         * @description A change of TLS, trusted proxies or the caller’s own allow-list, made with `confirm_within`.
         */
        get: operations["getPendingChange"];
        put?: never;
        /**
         * Confirm the pending change
         * @description For the user who made it and users with `security.manage`. The request must arrive under the new setting: over a connection opened after the change, from an address that the new list allows.
         */
        post: operations["confirmChange"];
        /**
         * Revert the pending change now
         * @description For all users who may confirm it.
         */
        delete: operations["takeBackChange"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security/fail2ban/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Banned addresses, and the state of fail2ban
         * @description Answered from memory; the daemon queries fail2ban in the background every 30 s.
         */
        get: operations["getFail2banDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security/fail2ban/unban": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift the ban of an address
         * @description 404 if the address is not banned, 409 without fail2ban or its jail, 503 if fail2ban does not respond.
         */
        post: operations["unbanAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ssl/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of HTTPS, and its certificate */
        get: operations["getSslStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ssl/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a certificate and its key without using them
         * @description A 400 names the invalid file and its fault.
         */
        post: operations["validateCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ssl/configure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn HTTPS on, or change the certificate
         * @description Takes effect at once, on the same port. Open connections continue, but their next request must use HTTPS.
         */
        post: operations["enableHttps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ssl/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn HTTPS off
         * @description Takes effect at once, on the same port. Open connections continue until their next request.
         */
        post: operations["disableHttps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security/connection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The path of this request through proxies, and its faults
         * @description The addresses from the peer outwards, which of them are trusted and by which rule, and each fault with the line that fixes it.
         */
        get: operations["examineConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security/trusted-proxies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proxies whose forwarding headers are trusted */
        get: operations["getTrustedProxies"];
        /**
         * Replace the list of trusted proxies in settings.json
         * @description The list adds to MONITOR_TRUSTED_PROXIES and applies from the next request on.
         */
        put: operations["setTrustedProxies"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/terminal/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recorded terminals of all users, newest first
         * @description Terminals are recorded if `MONITOR_TERMINAL_RECORD` is `on`: their output, not the input.
         */
        get: operations["listRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/terminal/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a recording for playback */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        /**
         * Delete a recording
         * @description 409 while its terminal is open.
         */
        delete: operations["deleteRecording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Vital signs of this host
         * @description The latest background sample, at most a few seconds old, of the whole host as /proc shows it. Cgroup limits of the daemon have no effect on it. In an LXC container it describes the container. `reasons` explains each null.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Name, uptime and health of this host
         * @description For probes and status pages: answered from memory, without a token.
         */
        get: operations["getSystemInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Name, version and paths of this API
         * @description Describes this daemon and its routes.
         */
        get: operations["getInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * VMs and containers of the cluster
         * @description Queried in the background, every 15 s while clients are active. On other hosts the list is empty and `reason` says why.
         */
        get: operations["listGuests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proxmox-storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Storages of this node
         * @description Queried in the background, every 15 s while clients are active. On other hosts the list is empty and `reason` says why.
         */
        get: operations["listProxmoxStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proxmox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Nodes of the cluster
         * @description Queried in the background, every 15 s while clients are active. On other hosts the list is empty and `reason` says why.
         */
        get: operations["listProxmoxNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Available package updates
         * @description From apt’s local package lists; nothing is downloaded. Refreshed a few minutes after packages or lists change.
         */
        get: operations["listUpdates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Network interfaces of this host
         * @description State, addresses, counters and rates of each interface, from the latest background sample.
         */
        get: operations["getNetwork"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/network/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Traffic of this host
         * @description The physical interfaces together, and the addresses of interfaces and bridges.
         */
        get: operations["getNetworkSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Disks, file systems and ZFS pools of this host
         * @description From the latest background samples: disks every 5 s, file systems every 30 s, pools and SMART every few minutes. A device that does not respond is marked stale; the others are not affected.
         */
        get: operations["getStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/storage/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Disk usage of this host
         * @description Total of the local file systems and ZFS pools, without network file systems.
         */
        get: operations["getStorageSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Processes of this host
         * @description Scanned at most every five seconds, and only while requests come in. The first answer takes half a second to measure rates. `cmdline` may contain secrets.
         */
        get: operations["listProcesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/processes/{pid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One process in detail
         * @description Read on request; `cpu` and the I/O rates are from the latest scan. 404 if the process has ended.
         */
        get: operations["getProcess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Logs of this host, newest first
         * @description From systemd's journal, or syslog's file on a host without a journal. Pass `next` of a page as `before` of the next. A search that takes longer than two seconds or reads more than 64 MiB returns the entries found so far.
         */
        get: operations["listLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Logs of this host as a file
         * @description At most 100,000 entries. One download at a time; 503 for a second.
         */
        get: operations["downloadLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health of this host and of each category
         * @description From memory, at most five seconds old. Acknowledged problems are ignored.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/full": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every check with its value, thresholds and age
         * @description From memory, at most five seconds old; includes acknowledged problems and thresholds.
         */
        get: operations["getFullHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Reset every threshold to its default */
        delete: operations["resetThresholds"];
        options?: never;
        head?: never;
        /**
         * Change some thresholds
         * @description Absent thresholds stay; null resets one to its default. `critical` must be above `warning`, but below it for `certificate`, which counts remaining days. Stored in settings.json.
         */
        patch: operations["changeThresholds"];
        trace?: never;
    };
    "/api/health/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge a problem for a time
         * @description The problem is ignored for this long, even if it disappears and returns, unless it gets worse than now. 404 for an unknown check, 409 for a check without a problem.
         */
        post: operations["acknowledgeHealth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health/un-acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove an acknowledgement
         * @description 404 if the check is not acknowledged.
         */
        post: operations["unacknowledgeHealth"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/node/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics of this host over time
         * @description Similar to Proxmox’s round-robin data: a point every 10 s for an hour, 2 minutes for a day, 10 minutes for a week (the default), an hour for a month, 12 hours for a year. A step of the finest series appears once it is complete, other steps within a minute.
         */
        get: operations["getNodeMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/prometheus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics of the host and of this daemon for Prometheus
         * @description Metrics of the host are `proxmox_*` with the label `node`. Unavailable metrics are omitted.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/security/connection/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket for one handshake of /ws/connection */
        post: operations["getConnectionTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/terminal/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket for one handshake of /ws/terminal */
        post: operations["getTerminalTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/terminal/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s own terminals; with `terminal.watch` also other users’ terminals */
        get: operations["listTerminals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/terminal/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a terminal and every process in it
         * @description The caller’s own terminals; with `users.manage` also terminals of users whom the caller may change.
         */
        delete: operations["endTerminal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket for one handshake of /ws/live
         * @description For sessions, and for every caller on a host without a password. API tokens poll the routes instead.
         */
        post: operations["getLiveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The error envelope of every failed request. */
        Error: {
            /** @enum {boolean} */
            success: false;
            /** @description A short title. */
            error: string;
            /** @description The reason as text; its wording may change. */
            message: string;
            /** @description A stable code for programs, listed in docs/errors.md. */
            code: string;
            /** @description The login needs a two-factor code, or the code sent is wrong. */
            requires_totp?: boolean;
            /** @description The id of the request in the daemon's log; only for status 500. */
            request_id?: string;
            /** @description The parts of the request that do not match its schema. */
            details?: {
                path: string;
                message: string;
            }[];
        };
    };
    responses: {
        /** @description The request does not fit its schema. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Bad request",
                 *       "message": "body/password must not have fewer than 1 characters",
                 *       "code": "VALIDATION",
                 *       "details": [
                 *         {
                 *           "path": "body/password",
                 *           "message": "must not have fewer than 1 characters"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The token is missing or invalid, or the credentials are wrong. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Authentication required",
                 *       "message": "missing authorization header",
                 *       "code": "TOKEN_MISSING"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The caller is not allowed to do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Forbidden",
                 *       "message": "Access denied. Your IP address is banned",
                 *       "code": "IP_BANNED"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request conflicts with the present state. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Conflict",
                 *       "message": "there is no account yet; set a password first",
                 *       "code": "NO_ACCOUNT"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is too large. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Payload too large",
                 *       "message": "the request body is too large",
                 *       "code": "TOO_LARGE"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The route does not accept this content type. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Unsupported media type",
                 *       "message": "send application/json",
                 *       "code": "UNSUPPORTED_TYPE"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too many wrong passwords or codes; see Retry-After. */
        Locked: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Locked",
                 *       "message": "account locked, try again in 15 minutes",
                 *       "code": "ACCOUNT_LOCKED"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too many requests; see Retry-After. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Too many requests",
                 *       "message": "rate limit exceeded",
                 *       "code": "RATE_LIMITED"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description An internal error of the daemon. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Internal error",
                 *       "message": "an internal error occurred; see the log of the daemon",
                 *       "code": "INTERNAL",
                 *       "request_id": "k3v9-1"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The daemon is busy or cannot read or write its files; see Retry-After. */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Service unavailable",
                 *       "message": "auth.json cannot be read; the log of the daemon names the fault",
                 *       "code": "AUTH_STORE_UNREADABLE"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAuthStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "auth_enabled": false,
                     *       "auth_configured": false,
                     *       "configured": false,
                     *       "declined": false,
                     *       "authenticated": false,
                     *       "username": null,
                     *       "totp_enabled": false,
                     *       "setup_code_required": false,
                     *       "untrusted_proxy": null,
                     *       "panel": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Requests require a token. */
                        auth_enabled: boolean;
                        /** @description Older alias of `configured`. */
                        auth_configured: boolean;
                        /** @description Authentication was set up or declined; false on the first launch. */
                        configured: boolean;
                        /** @description Authentication was declined. */
                        declined: boolean;
                        /** @description This request carried a valid token. */
                        authenticated: boolean;
                        /** @description Null unless the caller is authenticated. */
                        username: string | null;
                        /** @description False unless the caller is authenticated. */
                        totp_enabled: boolean;
                        /** @description The first launch requires MONITOR_SETUP_CODE. */
                        setup_code_required: boolean;
                        /** @description Before setup: the address of an untrusted proxy that forwarded this request. */
                        untrusted_proxy: string | null;
                        /** @description Null on a single host. */
                        panel: {
                            /** @description MONITOR_SAAS_DOMAIN; empty for a panel without tenants. */
                            domain: string;
                            /** @description The tenant of this host name; null for the operator. */
                            tenant: {
                                /** @description Null while the database is unavailable, as is `name`. */
                                id: number | null;
                                /** @description The first label of the host name. */
                                slug: string;
                                name: string | null;
                            } | null;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example admin */
                    username: string;
                    /** @example Correct-Horse-7 */
                    password: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "token": "eyJhbGciOiJIUzI1NiIs...",
                     *       "expires_in": 86400,
                     *       "message": "login successful",
                     *       "user": {
                     *         "id": 1,
                     *         "username": "admin",
                     *         "display_name": "admin",
                     *         "email": "",
                     *         "user_type": "admin",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Session token; send it as `Authorization: Bearer <token>`. */
                        token: string;
                        /** @description Lifetime of the token in seconds. */
                        expires_in: number;
                        message: string;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            /** @description The user’s reseller; absent for a user of no reseller. */
                            reseller?: {
                                id: number;
                                name: string;
                                balance: number;
                            };
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setupOwner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description 1 to 64 characters, no control characters, no space at either end.
                     * @example admin
                     */
                    username: string;
                    /**
                     * @description At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a commonly used password.
                     * @example Correct-Horse-7
                     */
                    password: string;
                    /** @description Required if MONITOR_SETUP_CODE is set. */
                    setup_code?: string;
                    /** @description Trust the forwarding headers of the proxy this request came through. */
                    trust_proxy?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "token": "eyJhbGciOiJIUzI1NiIs...",
                     *       "expires_in": 86400,
                     *       "message": "login successful",
                     *       "user": {
                     *         "id": 1,
                     *         "username": "admin",
                     *         "display_name": "admin",
                     *         "email": "",
                     *         "user_type": "admin",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Session token; send it as `Authorization: Bearer <token>`. */
                        token: string;
                        /** @description Lifetime of the token in seconds. */
                        expires_in: number;
                        message: string;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            /** @description The user’s reseller; absent for a user of no reseller. */
                            reseller?: {
                                id: number;
                                name: string;
                                balance: number;
                            };
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    skipProtection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Required if MONITOR_SETUP_CODE is set. */
                    setup_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "Authentication declined",
                     *       "auth_declined": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @enum {boolean} */
                        auth_declined: true;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    declineProtection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Required if MONITOR_SETUP_CODE is set. */
                    setup_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "Authentication declined",
                     *       "auth_declined": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @enum {boolean} */
                        auth_declined: true;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    disableProtection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Correct-Horse-7 */
                    password: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_token?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    enableProtection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Correct-Horse-7 */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "token": "eyJhbGciOiJIUzI1NiIs...",
                     *       "expires_in": 86400,
                     *       "message": "login successful",
                     *       "user": {
                     *         "id": 1,
                     *         "username": "admin",
                     *         "display_name": "admin",
                     *         "email": "",
                     *         "user_type": "admin",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Session token; send it as `Authorization: Bearer <token>`. */
                        token: string;
                        /** @description Lifetime of the token in seconds. */
                        expires_in: number;
                        message: string;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            /** @description The user’s reseller; absent for a user of no reseller. */
                            reseller?: {
                                id: number;
                                name: string;
                                balance: number;
                            };
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "user": {
                     *         "id": 1,
                     *         "username": "admin",
                     *         "display_name": "Ada",
                     *         "email": "",
                     *         "user_type": "admin",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            /** @description The user’s reseller; absent for a user of no reseller. */
                            reseller?: {
                                id: number;
                                name: string;
                                balance: number;
                            };
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "sessions": [
                     *         {
                     *           "id": "8CYc31scxPA4V7PDHWxkWQ",
                     *           "created_at": "2026-04-24T14:32:11.000Z",
                     *           "last_used_at": "2026-04-24T15:02:40.000Z",
                     *           "expires_at": "2026-05-24T14:32:11.000Z",
                     *           "address": "192.0.2.10",
                     *           "user_agent": "Mozilla/5.0",
                     *           "unusual": false,
                     *           "second_factor": false,
                     *           "current": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        sessions: {
                            id: string;
                            /**
                             * @description When it was opened.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            created_at: string;
                            /**
                             * @description Time of the last request, to the second.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            last_used_at: string;
                            /**
                             * @description When the session ends unless it is refreshed.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            expires_at: string;
                            /** @description The client’s address at login. */
                            address: string;
                            user_agent: string;
                            /** @description Opened from an address this user had not logged in from before. */
                            unusual: boolean;
                            /** @description Opened with a code. */
                            second_factor: boolean;
                            /** @description The session of this request. */
                            current: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "sessions ended",
                     *       "ended": 2
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Number of sessions ended. */
                        ended: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "sessions ended",
                     *       "ended": 2
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Number of sessions ended. */
                        ended: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    loginByLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example 3q2-7wX0mZkT1u7cXv5bN2Awq83Yf0mZkT1u7cXv5bN */
                    secret: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "token": "eyJhbGciOiJIUzI1NiIs...",
                     *       "expires_in": 86400,
                     *       "message": "login successful",
                     *       "user": {
                     *         "id": 1,
                     *         "username": "admin",
                     *         "display_name": "admin",
                     *         "email": "",
                     *         "user_type": "admin",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Session token; send it as `Authorization: Bearer <token>`. */
                        token: string;
                        /** @description Lifetime of the token in seconds. */
                        expires_in: number;
                        message: string;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            /** @description The user’s reseller; absent for a user of no reseller. */
                            reseller?: {
                                id: number;
                                name: string;
                                balance: number;
                            };
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Correct-Horse-7 */
                    current_password?: string;
                    /** @description Older alias of `current_password`. */
                    old_password?: string;
                    /** @example Correct-Horse-7 */
                    new_password: string;
                    /** @description Required if the second factor is on and this session has not passed it. */
                    totp_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changePasswordAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Correct-Horse-7 */
                    current_password?: string;
                    /** @description Older alias of `current_password`. */
                    old_password?: string;
                    /** @example Correct-Horse-7 */
                    new_password: string;
                    /** @description Required if the second factor is on and this session has not passed it. */
                    totp_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTotpStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "enabled": true,
                     *       "qr_url": "",
                     *       "backup_codes_left": 10
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        enabled: boolean;
                        /** @description The otpauth: URL of this session’s pending enrolment; otherwise empty. */
                        qr_url: string;
                        backup_codes_left: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setupTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Required if the session is older than five minutes or a second factor is on, unless the user reauthenticated within five minutes.
                     * @example Correct-Horse-7
                     */
                    password?: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "otpauth_url": "otpauth://totp/ProxMenux%20Monitor:admin?issuer=ProxMenux%20Monitor&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
                     *       "qr_url": "otpauth://totp/ProxMenux%20Monitor:admin?issuer=ProxMenux%20Monitor&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
                     *       "qr_code": "data:image/svg+xml;base64,PHN2ZyB4bWxucz0i...",
                     *       "backup_codes": [
                     *         "7KQM-X2WD",
                     *         "H4TZ-9RBC",
                     *         "QW8N-3VFJ",
                     *         "M6YE-KD5P",
                     *         "C3GX-T7HA",
                     *         "2BVS-U9LN",
                     *         "ZP4R-8QJE",
                     *         "F5WK-6CMY",
                     *         "N9DT-GX3V",
                     *         "R8HB-4ZQS"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Base32, for manual entry. */
                        secret: string;
                        /** @description The content of the QR code. */
                        otpauth_url: string;
                        /** @description Alias of `otpauth_url`. */
                        qr_url: string;
                        /** @description SVG image in a data: URL. */
                        qr_code: string;
                        /** @description Ten codes, each valid once in place of an authenticator’s code. Shown only once. */
                        backup_codes: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTwoFactorStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "enabled": true,
                     *       "qr_url": "",
                     *       "backup_codes_left": 10
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        enabled: boolean;
                        /** @description The otpauth: URL of this session’s pending enrolment; otherwise empty. */
                        qr_url: string;
                        backup_codes_left: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setupTwoFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Required if the session is older than five minutes or a second factor is on, unless the user reauthenticated within five minutes.
                     * @example Correct-Horse-7
                     */
                    password?: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "otpauth_url": "otpauth://totp/ProxMenux%20Monitor:admin?issuer=ProxMenux%20Monitor&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
                     *       "qr_url": "otpauth://totp/ProxMenux%20Monitor:admin?issuer=ProxMenux%20Monitor&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30",
                     *       "qr_code": "data:image/svg+xml;base64,PHN2ZyB4bWxucz0i...",
                     *       "backup_codes": [
                     *         "7KQM-X2WD",
                     *         "H4TZ-9RBC",
                     *         "QW8N-3VFJ",
                     *         "M6YE-KD5P",
                     *         "C3GX-T7HA",
                     *         "2BVS-U9LN",
                     *         "ZP4R-8QJE",
                     *         "F5WK-6CMY",
                     *         "N9DT-GX3V",
                     *         "R8HB-4ZQS"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Base32, for manual entry. */
                        secret: string;
                        /** @description The content of the QR code. */
                        otpauth_url: string;
                        /** @description Alias of `otpauth_url`. */
                        qr_url: string;
                        /** @description SVG image in a data: URL. */
                        qr_code: string;
                        /** @description Ten codes, each valid once in place of an authenticator’s code. Shown only once. */
                        backup_codes: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    enableTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Six digits of the authenticator that is being enrolled.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description `token` under another name.
                     * @example 123456
                     */
                    code?: string;
                    /**
                     * @description `token` under another name.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description `token` under another name.
                     * @example 123456
                     */
                    totp_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    verifyTwoFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Six digits of the authenticator that is being enrolled.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description `token` under another name.
                     * @example 123456
                     */
                    code?: string;
                    /**
                     * @description `token` under another name.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description `token` under another name.
                     * @example 123456
                     */
                    totp_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    disableTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Correct-Horse-7 */
                    password: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    disableTwoFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    replaceBackupCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Correct-Horse-7 */
                    password: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description Alias of `totp_code`.
                     * @example 123456
                     */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "backup codes replaced",
                     *       "backup_codes": [
                     *         "7KQM-X2WD",
                     *         "H4TZ-9RBC",
                     *         "QW8N-3VFJ",
                     *         "M6YE-KD5P",
                     *         "C3GX-T7HA",
                     *         "2BVS-U9LN",
                     *         "ZP4R-8QJE",
                     *         "F5WK-6CMY",
                     *         "N9DT-GX3V",
                     *         "R8HB-4ZQS"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Ten codes, each valid once in place of an authenticator’s code. Shown only once. */
                        backup_codes: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    confirmSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Correct-Horse-7 */
                    password: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_token?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "confirmed",
                     *       "expires_in": 300
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Seconds until the confirmation expires. */
                        expires_in: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    mintApiToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The caller’s own password.
                     * @example Correct-Horse-7
                     */
                    password: string;
                    /**
                     * @description Required if the second factor is on: six digits, or a backup code.
                     * @example 123456
                     */
                    totp_token?: string;
                    /** @description Alias of `totp_token`. */
                    totp_code?: string;
                    /**
                     * @description 1 to 64 characters, no control characters. Name it after the app that will use it. Names may repeat.
                     * @example Home Assistant
                     */
                    token_name: string;
                    /**
                     * @description Defaults to `read_only`.
                     * @example read_only
                     * @enum {string}
                     */
                    scope?: "read_only" | "full_admin";
                    /**
                     * @description Whole days; defaults to 365.
                     * @example 365
                     */
                    expires_in_days?: number;
                    /**
                     * @description Addresses and CIDRs that may use the token, separated by commas; empty for all.
                     * @example 192.168.1.20, 2001:db8::/64
                     */
                    allowed_ips?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...",
                     *       "token_name": "Home Assistant",
                     *       "expires_in": "365 days",
                     *       "id": "9f2c4a61b07d3e58",
                     *       "scope": "read_only",
                     *       "expires_at": "2027-04-24T14:32:11.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The token, shown only once. */
                        token: string;
                        token_name: string;
                        /** @description Readable text; programs should use `expires_at`. */
                        expires_in: string;
                        id: string;
                        /** @example read_only */
                        scope: "read_only" | "full_admin";
                        expires_at: string;
                        /** @description Absent if the token is valid from all addresses. */
                        allowed_ips?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listApiTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "tokens": [
                     *         {
                     *           "id": "9f2c4a61b07d3e58",
                     *           "name": "Home Assistant",
                     *           "token_prefix": "...wXyZ",
                     *           "scope": "read_only",
                     *           "user_id": 1,
                     *           "username": "admin",
                     *           "created_at": "2026-04-24T14:32:11.000Z",
                     *           "expires_at": "2027-04-24T14:32:11.000Z",
                     *           "last_used_at": "2026-04-24T15:02:40.000Z",
                     *           "last_used_ip": "192.0.2.10",
                     *           "allowed_ips": "",
                     *           "revoked": false,
                     *           "valid": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        tokens: {
                            id: string;
                            name: string;
                            /** @description The last 4 characters, to distinguish tokens. */
                            token_prefix: string;
                            /** @example read_only */
                            scope: "read_only" | "full_admin";
                            /** @description The token’s user; the owner sees all users’ tokens. */
                            user_id: number;
                            /** @description Null if the user was removed. */
                            username: string | null;
                            created_at: string;
                            expires_at: string;
                            /** @description After a rotation: when the token ends. */
                            ends_at?: string;
                            last_used_at: string | null;
                            last_used_ip: string | null;
                            /** @description Empty for all addresses. */
                            allowed_ips: string;
                            revoked: boolean;
                            /** @description Null if unknown: an old entry does not record the secret that signed it. */
                            valid: boolean | null;
                            /** @description Readable reason, if `valid` is false. */
                            invalidation_reason?: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    revokeApiToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    rotateApiToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The caller’s own password.
                     * @example Correct-Horse-7
                     */
                    password: string;
                    /**
                     * @description Required if the second factor is on: six digits, or a backup code.
                     * @example 123456
                     */
                    totp_token?: string;
                    /** @description Alias of `totp_token`. */
                    totp_code?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...",
                     *       "token_name": "Home Assistant",
                     *       "expires_in": "365 days",
                     *       "id": "9f2c4a61b07d3e58",
                     *       "scope": "read_only",
                     *       "expires_at": "2027-04-24T14:32:11.000Z",
                     *       "replaces": {
                     *         "id": "05be4f1d77a2c390",
                     *         "ends_at": "2026-04-25T14:32:11.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The token, shown only once. */
                        token: string;
                        token_name: string;
                        /** @description Readable text; programs should use `expires_at`. */
                        expires_in: string;
                        id: string;
                        /** @example read_only */
                        scope: "read_only" | "full_admin";
                        expires_at: string;
                        /** @description Absent if the token is valid from all addresses. */
                        allowed_ips?: string;
                        replaces: {
                            id: string;
                            ends_at: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            423: components["responses"]["Locked"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "username": "admin",
                     *       "display_name": "Ada",
                     *       "has_avatar": true,
                     *       "avatar_mtime": "2026-01-31T09:30:00.000Z",
                     *       "avatar_content_type": "image/png"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty if not set. */
                        display_name: string;
                        has_avatar: boolean;
                        /**
                         * Format: date-time
                         * @description When the avatar was uploaded, in UTC; null without one.
                         */
                        avatar_mtime: string | null;
                        /** @description image/png, image/jpeg, image/webp or image/gif; null without an avatar. */
                        avatar_content_type: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Up to 64 characters, no control characters; empty falls back to the username.
                     * @example Ada
                     */
                    display_name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "username": "admin",
                     *       "display_name": "Ada",
                     *       "has_avatar": true,
                     *       "avatar_mtime": "2026-01-31T09:30:00.000Z",
                     *       "avatar_content_type": "image/png"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty if not set. */
                        display_name: string;
                        has_avatar: boolean;
                        /**
                         * Format: date-time
                         * @description When the avatar was uploaded, in UTC; null without one.
                         */
                        avatar_mtime: string | null;
                        /** @description image/png, image/jpeg, image/webp or image/gif; null without an avatar. */
                        avatar_content_type: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The uploaded image. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/webp": string;
                    "image/gif": string;
                };
            };
            /** @description The avatar still matches If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The caller has no avatar. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": false,
                     *       "error": "Not found",
                     *       "message": "there is no avatar",
                     *       "code": "NOT_FOUND"
                     *     }
                     */
                    "application/json": {
                        /** @enum {boolean} */
                        success: false;
                        /** @description A short title. */
                        error: string;
                        /** @description The reason as text; its wording may change. */
                        message: string;
                        /** @description A stable code for programs, listed in docs/errors.md. */
                        code: string;
                        /** @description The login needs a two-factor code, or the code sent is wrong. */
                        requires_totp?: boolean;
                        /** @description The id of the request in the daemon's log; only for status 500. */
                        request_id?: string;
                        /** @description The parts of the request that do not match its schema. */
                        details?: {
                            path: string;
                            message: string;
                        }[];
                    };
                };
            };
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    uploadAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A PNG, JPEG, WebP or GIF image of at most 2 MB, with its type as the Content-Type of the part.
                     */
                    file: string;
                };
                "image/png": string;
                "image/jpeg": string;
                "image/webp": string;
                "image/gif": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "username": "admin",
                     *       "display_name": "Ada",
                     *       "has_avatar": true,
                     *       "avatar_mtime": "2026-01-31T09:30:00.000Z",
                     *       "avatar_content_type": "image/png"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty if not set. */
                        display_name: string;
                        has_avatar: boolean;
                        /**
                         * Format: date-time
                         * @description When the avatar was uploaded, in UTC; null without one.
                         */
                        avatar_mtime: string | null;
                        /** @description image/png, image/jpeg, image/webp or image/gif; null without an avatar. */
                        avatar_content_type: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "username": "admin",
                     *       "display_name": "Ada",
                     *       "has_avatar": false,
                     *       "avatar_mtime": null,
                     *       "avatar_content_type": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty if not set. */
                        display_name: string;
                        has_avatar: boolean;
                        /**
                         * Format: date-time
                         * @description When the avatar was uploaded, in UTC; null without one.
                         */
                        avatar_mtime: string | null;
                        /** @description image/png, image/jpeg, image/webp or image/gif; null without an avatar. */
                        avatar_content_type: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "users": [
                     *         {
                     *           "id": 2,
                     *           "username": "ada",
                     *           "display_name": "Ada",
                     *           "email": "ada@example.com",
                     *           "user_type": "support",
                     *           "reseller_id": 0,
                     *           "is_active": true,
                     *           "permissions": [
                     *             "system.view"
                     *           ],
                     *           "allowed_ips": "192.168.1.0/24",
                     *           "totp_enabled": false,
                     *           "last_login_at": "2026-04-24T14:32:11.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        users: {
                            id: number;
                            username: string;
                            /** @description Empty if not set. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                            allowed_ips: string;
                            totp_enabled: boolean;
                            /** @description ISO-8601, UTC. */
                            last_login_at: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Up to 64 characters, no control characters; empty falls back to the username.
                     * @example Ada
                     */
                    display_name?: string;
                    /**
                     * @description Empty for no address.
                     * @example ada@example.com
                     */
                    email?: string;
                    /** @example support */
                    user_type?: "admin" | "reseller" | "support" | "collector" | "customer";
                    /**
                     * @description The user’s reseller; 0 for no reseller. A user of a reseller can name their own only, which is the default.
                     * @example 0
                     */
                    reseller_id?: number;
                    /** @description False prevents logins and ends the user’s sessions. */
                    is_active?: boolean;
                    /**
                     * @description GET /api/permissions lists them. Users can grant only permissions that they have.
                     * @example [
                     *       "system.view"
                     *     ]
                     */
                    permissions?: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                    /**
                     * @description Networks this user may log in from, separated by commas; empty for all.
                     * @example 192.168.1.0/24, 2001:db8::/32
                     */
                    allowed_ips?: string;
                    /**
                     * @description 1 to 64 characters, no control characters, no space at either end.
                     * @example admin
                     */
                    username: string;
                    /**
                     * @description At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a commonly used password.
                     * @example Correct-Horse-7
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "user": {
                     *         "id": 2,
                     *         "username": "ada",
                     *         "display_name": "Ada",
                     *         "email": "ada@example.com",
                     *         "user_type": "support",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "system.view"
                     *         ],
                     *         "allowed_ips": "192.168.1.0/24",
                     *         "totp_enabled": false,
                     *         "last_login_at": "2026-04-24T14:32:11.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        user: {
                            id: number;
                            username: string;
                            /** @description Empty if not set. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                            allowed_ips: string;
                            totp_enabled: boolean;
                            /** @description ISO-8601, UTC. */
                            last_login_at: string | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user’s id.
                 * @example 2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "user": {
                     *         "id": 2,
                     *         "username": "ada",
                     *         "display_name": "Ada",
                     *         "email": "ada@example.com",
                     *         "user_type": "support",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "system.view"
                     *         ],
                     *         "allowed_ips": "192.168.1.0/24",
                     *         "totp_enabled": false,
                     *         "last_login_at": "2026-04-24T14:32:11.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        user: {
                            id: number;
                            username: string;
                            /** @description Empty if not set. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                            allowed_ips: string;
                            totp_enabled: boolean;
                            /** @description ISO-8601, UTC. */
                            last_login_at: string | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user’s id.
                 * @example 2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user’s id.
                 * @example 2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Up to 64 characters, no control characters; empty falls back to the username.
                     * @example Ada
                     */
                    display_name?: string;
                    /**
                     * @description Empty for no address.
                     * @example ada@example.com
                     */
                    email?: string;
                    /** @example support */
                    user_type?: "admin" | "reseller" | "support" | "collector" | "customer";
                    /**
                     * @description The user’s reseller; 0 for no reseller. A user of a reseller can name their own only, which is the default.
                     * @example 0
                     */
                    reseller_id?: number;
                    /** @description False prevents logins and ends the user’s sessions. */
                    is_active?: boolean;
                    /**
                     * @description GET /api/permissions lists them. Users can grant only permissions that they have.
                     * @example [
                     *       "system.view"
                     *     ]
                     */
                    permissions?: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                    /**
                     * @description Networks this user may log in from, separated by commas; empty for all.
                     * @example 192.168.1.0/24, 2001:db8::/32
                     */
                    allowed_ips?: string;
                    /**
                     * @description At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a commonly used password.
                     * @example Correct-Horse-7
                     */
                    password?: string;
                    /**
                     * @description Resets the second factor; only the user can set one up again.
                     * @enum {boolean}
                     */
                    totp_enabled?: false;
                    /** @description Revert the change after this many seconds, unless POST /api/security/confirm-change arrives under the new setting. */
                    confirm_within?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "user": {
                     *         "id": 2,
                     *         "username": "ada",
                     *         "display_name": "Ada",
                     *         "email": "ada@example.com",
                     *         "user_type": "support",
                     *         "reseller_id": 0,
                     *         "is_active": true,
                     *         "permissions": [
                     *           "system.view"
                     *         ],
                     *         "allowed_ips": "192.168.1.0/24",
                     *         "totp_enabled": false,
                     *         "last_login_at": "2026-04-24T14:32:11.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        user: {
                            id: number;
                            username: string;
                            /** @description Empty if not set. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            /** @description 0 for a user of no reseller. */
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*")[];
                            allowed_ips: string;
                            totp_enabled: boolean;
                            /** @description ISO-8601, UTC. */
                            last_login_at: string | null;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user’s id.
                 * @example 2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The user’s id.
                 * @example 2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listResellers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "resellers": [
                     *         {
                     *           "id": 7,
                     *           "name": "Reseller 1",
                     *           "balance": 245.5,
                     *           "is_active": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        resellers: {
                            id: number;
                            name: string;
                            /** @description With at most two decimals. */
                            balance: number;
                            /** @description False while the reseller is suspended. */
                            is_active: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createReseller: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description 1 to 64 characters, no control characters. No two resellers have the same name.
                     * @example Reseller 1
                     */
                    name: string;
                    /**
                     * @description At most two decimals; negative for a debt.
                     * @example 245.5
                     */
                    balance?: number;
                    /** @description False suspends the reseller: its users cannot log in. */
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "reseller": {
                     *         "id": 7,
                     *         "name": "Reseller 1",
                     *         "balance": 245.5,
                     *         "is_active": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        reseller: {
                            id: number;
                            name: string;
                            /** @description With at most two decimals. */
                            balance: number;
                            /** @description False while the reseller is suspended. */
                            is_active: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getReseller: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The reseller’s id.
                 * @example 7
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "reseller": {
                     *         "id": 7,
                     *         "name": "Reseller 1",
                     *         "balance": 245.5,
                     *         "is_active": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        reseller: {
                            id: number;
                            name: string;
                            /** @description With at most two decimals. */
                            balance: number;
                            /** @description False while the reseller is suspended. */
                            is_active: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeReseller: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The reseller’s id.
                 * @example 7
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changeReseller: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The reseller’s id.
                 * @example 7
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description 1 to 64 characters, no control characters. No two resellers have the same name.
                     * @example Reseller 1
                     */
                    name?: string;
                    /**
                     * @description At most two decimals; negative for a debt.
                     * @example 245.5
                     */
                    balance?: number;
                    /** @description False suspends the reseller: its users cannot log in. */
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "reseller": {
                     *         "id": 7,
                     *         "name": "Reseller 1",
                     *         "balance": 245.5,
                     *         "is_active": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        reseller: {
                            id: number;
                            name: string;
                            /** @description With at most two decimals. */
                            balance: number;
                            /** @description False while the reseller is suspended. */
                            is_active: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "permissions": [
                     *         {
                     *           "name": "system.view",
                     *           "description": "See the vital signs of the host."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        permissions: {
                            name: "system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "tenants.manage" | "resellers.manage" | "terminal.open" | "terminal.watch" | "*";
                            description: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Maximum number of events; defaults to 100. */
                limit?: number;
                /** @description Only events before this one: the `id` of an event, or a time (ISO-8601). */
                before?: string;
                /** @description Only events with this name. */
                event?: string;
                /** @description Only events of this user, unescaped or as shown in `user`. */
                user?: string;
                /** @description Only events from this IPv4 or IPv6 address, in any spelling. */
                ip?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "events": [
                     *         {
                     *           "id": 1234,
                     *           "time": "2026-04-24T14:32:11.000Z",
                     *           "level": "WARNING",
                     *           "event": "login_failed",
                     *           "message": "authentication failure",
                     *           "ip": "192.0.2.10",
                     *           "user": "admin",
                     *           "target": null
                     *         }
                     *       ],
                     *       "next_before": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        events: {
                            /** @description Consecutive number from 1, in the order of writing. */
                            id: number;
                            time: string;
                            /** @description INFO or WARNING. */
                            level: string;
                            /** @description Stable name for programs; docs/security.md lists all names. */
                            event: string;
                            /** @description Text for people, as in the authentication log. */
                            message: string;
                            /** @description The client address. */
                            ip: string;
                            /** @description The user as typed, with unsafe characters escaped as `\u{hex}`. */
                            user: string;
                            /** @description The affected user or object; null if there is no other one. */
                            target: string | null;
                        }[];
                        /** @description `before` of the next page; null on the last page. */
                        next_before: number | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0"
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example q83Yf0mZkT1u7cXv5bN2Aw */
                    host_id: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "url": "https://pve2.example.com:8008/#sign-in=3q2-7wX0mZkT1u7cXv5bN2Awq83Yf0mZkT1u7cXv5bN"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Opens the other host signed in: once, within a minute. The secret is in its fragment.
                         * @example https://pve2.example.com:8008/#sign-in=3q2-7wX0mZkT1u7cXv5bN2Awq83Yf0mZkT1u7cXv5bN
                         */
                        url: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listHosts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "hosts": [
                     *         {
                     *           "id": "q83Yf0mZkT1u7cXv5bN2Aw",
                     *           "name": "pve1",
                     *           "url": "https://pve1.example.com:8008",
                     *           "version": "0.1.0",
                     *           "health": "healthy",
                     *           "last_seen_at": "2026-04-24T14:32:11.000Z",
                     *           "is_this": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        hosts: {
                            /** @example q83Yf0mZkT1u7cXv5bN2Aw */
                            id: string;
                            /** @description Host name. */
                            name: string;
                            /** @description MONITOR_PUBLIC_URL of that host; empty if it is not set. */
                            url: string;
                            version: string;
                            /** @description `lost`: not heard for 60 seconds. */
                            health: "healthy" | "warning" | "critical" | "lost";
                            /**
                             * Format: date-time
                             * @description ISO-8601.
                             */
                            last_seen_at: string;
                            /** @description The host that answers. */
                            is_this: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listTenants: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next_after` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "tenants": [
                     *         {
                     *           "id": 3,
                     *           "slug": "acme",
                     *           "name": "Acme Ltd",
                     *           "is_active": true,
                     *           "created_at": "2026-04-24T14:32:11.000Z"
                     *         }
                     *       ],
                     *       "next_after": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        tenants: {
                            id: number;
                            /**
                             * @description The first label of the tenant’s host name: lower-case letters, digits and hyphens.
                             * @example acme
                             */
                            slug: string;
                            /** @example Acme Ltd */
                            name: string;
                            /** @description False for a suspended tenant: all its requests are refused. */
                            is_active: boolean;
                            /**
                             * Format: date-time
                             * @description ISO-8601.
                             */
                            created_at: string;
                        }[];
                        /** @description Pass it as `after` for the next page; null on the last one. */
                        next_after: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The first label of the tenant’s host name: lower-case letters, digits and hyphens.
                     * @example acme
                     */
                    slug: string;
                    /** @example Acme Ltd */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "tenant": {
                     *         "id": 3,
                     *         "slug": "acme",
                     *         "name": "Acme Ltd",
                     *         "is_active": true,
                     *         "created_at": "2026-04-24T14:32:11.000Z"
                     *       },
                     *       "setup_code": "b7Zs0QvQe1mWb3KJt4Ea",
                     *       "setup_url": "https://acme.panel.example.com/"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @example {
                         *       "id": 3,
                         *       "slug": "acme",
                         *       "name": "Acme Ltd",
                         *       "is_active": true,
                         *       "created_at": "2026-04-24T14:32:11.000Z"
                         *     }
                         */
                        tenant: {
                            id: number;
                            /**
                             * @description The first label of the tenant’s host name: lower-case letters, digits and hyphens.
                             * @example acme
                             */
                            slug: string;
                            /** @example Acme Ltd */
                            name: string;
                            /** @description False for a suspended tenant: all its requests are refused. */
                            is_active: boolean;
                            /**
                             * Format: date-time
                             * @description ISO-8601.
                             */
                            created_at: string;
                        };
                        /**
                         * @description The first launch under the tenant’s name asks for it. Valid for 24 hours, once; shown only here.
                         * @example b7Zs0QvQe1mWb3KJt4Ea
                         */
                        setup_code: string;
                        /**
                         * @description The tenant’s page.
                         * @example https://acme.panel.example.com/
                         */
                        setup_url: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "tenant": {
                     *         "id": 3,
                     *         "slug": "acme",
                     *         "name": "Acme Ltd",
                     *         "is_active": true,
                     *         "created_at": "2026-04-24T14:32:11.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @example {
                         *       "id": 3,
                         *       "slug": "acme",
                         *       "name": "Acme Ltd",
                         *       "is_active": true,
                         *       "created_at": "2026-04-24T14:32:11.000Z"
                         *     }
                         */
                        tenant: {
                            id: number;
                            /**
                             * @description The first label of the tenant’s host name: lower-case letters, digits and hyphens.
                             * @example acme
                             */
                            slug: string;
                            /** @example Acme Ltd */
                            name: string;
                            /** @description False for a suspended tenant: all its requests are refused. */
                            is_active: boolean;
                            /**
                             * Format: date-time
                             * @description ISO-8601.
                             */
                            created_at: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changeTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Acme Ltd */
                    name?: string;
                    is_active?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "tenant": {
                     *         "id": 3,
                     *         "slug": "acme",
                     *         "name": "Acme Ltd",
                     *         "is_active": true,
                     *         "created_at": "2026-04-24T14:32:11.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @example {
                         *       "id": 3,
                         *       "slug": "acme",
                         *       "name": "Acme Ltd",
                         *       "is_active": true,
                         *       "created_at": "2026-04-24T14:32:11.000Z"
                         *     }
                         */
                        tenant: {
                            id: number;
                            /**
                             * @description The first label of the tenant’s host name: lower-case letters, digits and hyphens.
                             * @example acme
                             */
                            slug: string;
                            /** @example Acme Ltd */
                            name: string;
                            /** @description False for a suspended tenant: all its requests are refused. */
                            is_active: boolean;
                            /**
                             * Format: date-time
                             * @description ISO-8601.
                             */
                            created_at: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    renewSetupCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "setup_code": "b7Zs0QvQe1mWb3KJt4Ea",
                     *       "setup_url": "https://acme.panel.example.com/"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description The first launch under the tenant’s name asks for it. Valid for 24 hours, once; shown only here.
                         * @example b7Zs0QvQe1mWb3KJt4Ea
                         */
                        setup_code: string;
                        /**
                         * @description The tenant’s page.
                         * @example https://acme.panel.example.com/
                         */
                        setup_url: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getPendingChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "pending": {
                     *         "setting": "tls",
                     *         "seconds_left": 42,
                     *         "deadline": "2026-11-21T10:00:42.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        pending: {
                            /** @description tls, trusted_proxies or allowed_ips */
                            setting: string;
                            seconds_left: number;
                            /** @description When the change is reverted, ISO-8601. */
                            deadline: string;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    confirmChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    takeBackChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getFail2banDetails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "installed": true,
                     *       "state": "ok",
                     *       "reason": "the fail2ban server is not running",
                     *       "jail": "proxmenux",
                     *       "checked_at": "2026-04-24T14:32:11.000Z",
                     *       "currently_failed": 1,
                     *       "total_failed": 12,
                     *       "currently_banned": 1,
                     *       "total_banned": 3,
                     *       "banned": [
                     *         {
                     *           "ip": "192.0.2.10"
                     *         }
                     *       ],
                     *       "settings": {
                     *         "maxretry": 3,
                     *         "findtime": 600,
                     *         "bantime": 3600
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description True if fail2ban-client is installed.
                         * @example true
                         */
                        installed: boolean;
                        /**
                         * @description Result of the last query: `ok`, `absent` (not installed), `no_jail` (no such jail) or `unreachable`. While it is not `ok`, the last list stays in force, for an hour at most.
                         * @example ok
                         * @enum {string}
                         */
                        state: "ok" | "absent" | "no_jail" | "unreachable";
                        /**
                         * @description Why the state is not `ok`.
                         * @example the fail2ban server is not running
                         */
                        reason: string | null;
                        /**
                         * @description The monitored jail.
                         * @example proxmenux
                         */
                        jail: string;
                        /**
                         * @description When the list was read, ISO-8601 UTC; null if no list is available.
                         * @example 2026-04-24T14:32:11.000Z
                         */
                        checked_at: string | null;
                        /**
                         * @description Addresses with too few failures for a ban; null if no list is available.
                         * @example 1
                         */
                        currently_failed: number | null;
                        /**
                         * @description Failures since the start of the jail; null if no list is available.
                         * @example 12
                         */
                        total_failed: number | null;
                        /**
                         * @description Banned addresses and CIDRs; null if no list is available.
                         * @example 1
                         */
                        currently_banned: number | null;
                        /**
                         * @description Bans since the start of the jail; null if no list is available.
                         * @example 3
                         */
                        total_banned: number | null;
                        /**
                         * @description Addresses whose requests the daemon rejects.
                         * @example [
                         *       {
                         *         "ip": "192.0.2.10"
                         *       }
                         *     ]
                         */
                        banned: {
                            /** @description An address, or a CIDR that was banned by hand. */
                            ip: string;
                        }[];
                        /** @description The settings of the jail, read every hour; null if they are unknown. */
                        settings: {
                            /**
                             * @description Failures that cause a ban.
                             * @example 3
                             */
                            maxretry: number | null;
                            /**
                             * @description Seconds within which failures are counted.
                             * @example 600
                             */
                            findtime: number | null;
                            /**
                             * @description Duration of a ban in seconds; negative: permanent.
                             * @example 3600
                             */
                            bantime: number | null;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    unbanAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description An address or CIDR from the list, in any spelling.
                     * @example 192.0.2.10
                     */
                    ip: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSslStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "enabled": true,
                     *       "protocol": "https",
                     *       "source": "custom",
                     *       "cert_path": "/etc/ssl/monitor.pem",
                     *       "key_path": "/etc/ssl/monitor.key",
                     *       "certificate": {
                     *         "subject": "CN=monitor.example.com",
                     *         "issuer": "C=US, O=Let's Encrypt, CN=E7",
                     *         "names": [
                     *           "monitor.example.com"
                     *         ],
                     *         "valid_from": "2026-10-01T00:00:00.000Z",
                     *         "valid_to": "2026-12-30T00:00:00.000Z",
                     *         "days_left": 39,
                     *         "key_type": "EC P-256",
                     *         "fingerprint_sha256": "5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A",
                     *         "chain_length": 2,
                     *         "self_signed": false
                     *       },
                     *       "self_signed": false,
                     *       "fault": null,
                     *       "warnings": [],
                     *       "proxmox": {
                     *         "available": false,
                     *         "cert_path": null,
                     *         "key_path": null
                     *       },
                     *       "pending": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description True if the port uses HTTPS. */
                        enabled: boolean;
                        protocol: "http" | "https";
                        /** @description `custom`, `proxmox` or `none`. */
                        source: string;
                        cert_path: string | null;
                        key_path: string | null;
                        certificate: {
                            subject: string;
                            issuer: string;
                            /** @description Host names and addresses that the certificate is valid for. */
                            names: string[];
                            /** @description ISO-8601, UTC. */
                            valid_from: string;
                            /** @description ISO-8601, UTC. */
                            valid_to: string;
                            /** @description Whole days until expiry; negative after it. */
                            days_left: number;
                            /** @description For example RSA 2048, EC P-256 or Ed25519. */
                            key_type: string;
                            fingerprint_sha256: string;
                            /** @description Number of certificates in the file. */
                            chain_length: number;
                            self_signed: boolean;
                        } | null;
                        /** @description True if the daemon uses a certificate it created itself, because the configured one cannot be used. */
                        self_signed: boolean;
                        /** @description Why the configured certificate is not in use; text for people. */
                        fault: string | null;
                        /** @description Problems that do not prevent the use of the certificate; text for people. */
                        warnings: string[];
                        proxmox: {
                            available: boolean;
                            cert_path: string | null;
                            key_path: string | null;
                        };
                        /** @description The change that is reverted unless it is confirmed. */
                        pending: {
                            seconds_left: number;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    validateCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Absolute path of the certificate in PEM form, followed by its chain.
                     * @example /etc/ssl/monitor.pem
                     */
                    cert_path: string;
                    /**
                     * @description Absolute path of the private key in PEM form, without a passphrase.
                     * @example /etc/ssl/monitor.key
                     */
                    key_path: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "certificate and key are good",
                     *       "certificate": {
                     *         "subject": "CN=monitor.example.com",
                     *         "issuer": "C=US, O=Let's Encrypt, CN=E7",
                     *         "names": [
                     *           "monitor.example.com"
                     *         ],
                     *         "valid_from": "2026-10-01T00:00:00.000Z",
                     *         "valid_to": "2026-12-30T00:00:00.000Z",
                     *         "days_left": 39,
                     *         "key_type": "EC P-256",
                     *         "fingerprint_sha256": "5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A:5A",
                     *         "chain_length": 2,
                     *         "self_signed": false
                     *       },
                     *       "warnings": []
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        certificate: {
                            subject: string;
                            issuer: string;
                            /** @description Host names and addresses that the certificate is valid for. */
                            names: string[];
                            /** @description ISO-8601, UTC. */
                            valid_from: string;
                            /** @description ISO-8601, UTC. */
                            valid_to: string;
                            /** @description Whole days until expiry; negative after it. */
                            days_left: number;
                            /** @description For example RSA 2048, EC P-256 or Ed25519. */
                            key_type: string;
                            fingerprint_sha256: string;
                            /** @description Number of certificates in the file. */
                            chain_length: number;
                            self_signed: boolean;
                        };
                        /** @description Problems that do not prevent the use of the certificate; text for people. */
                        warnings: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    enableHttps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `custom` (the default) uses the given paths; `proxmox` uses the certificate of Proxmox.
                     * @example custom
                     */
                    source?: "custom" | "proxmox";
                    /**
                     * @description Absolute path of the certificate in PEM form, followed by its chain.
                     * @example /etc/ssl/monitor.pem
                     */
                    cert_path?: string;
                    /**
                     * @description Absolute path of the private key in PEM form, without a passphrase.
                     * @example /etc/ssl/monitor.key
                     */
                    key_path?: string;
                    /** @description Revert the change after this many seconds, unless POST /api/security/confirm-change arrives under the new setting. */
                    confirm_within?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "HTTPS is on",
                     *       "restarting": false,
                     *       "new_protocol": "https"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /**
                         * @description Always false: the change is already in effect, without a restart.
                         * @enum {boolean}
                         */
                        restarting: false;
                        new_protocol: "http" | "https";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    disableHttps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Revert the change after this many seconds, unless POST /api/security/confirm-change arrives under the new setting. */
                    confirm_within?: number;
                    /** @description Ignored: the change needs no restart. Existing clients send it. */
                    auto_restart?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "HTTPS is on",
                     *       "restarting": false,
                     *       "new_protocol": "https"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /**
                         * @description Always false: the change is already in effect, without a restart.
                         * @enum {boolean}
                         */
                        restarting: false;
                        new_protocol: "http" | "https";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    examineConnection: {
        parameters: {
            query?: {
                /**
                 * @description Origin and base path of the page as the browser sees it. Without it, browser and daemon are not compared.
                 * @example https://monitor.example.com/monitor/
                 */
                page?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "peer": "192.168.1.5",
                     *       "forwarded": {
                     *         "x-forwarded-for": "198.51.100.7",
                     *         "x-forwarded-proto": "https"
                     *       },
                     *       "hops": [
                     *         {
                     *           "address": "192.168.1.5",
                     *           "trusted": true,
                     *           "why": "settings.json: 192.168.1.5"
                     *         },
                     *         {
                     *           "address": "198.51.100.7",
                     *           "trusted": false,
                     *           "why": "not trusted"
                     *         }
                     *       ],
                     *       "client_address": "198.51.100.7",
                     *       "scheme": "https",
                     *       "host": "monitor.example.com",
                     *       "prefix": "",
                     *       "encrypted": false,
                     *       "tls": null,
                     *       "http_version": "1.1",
                     *       "websocket": {
                     *         "path": "/ws/connection"
                     *       },
                     *       "problems": []
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The address of the TCP peer. */
                        peer: string;
                        forwarded: {
                            /** @description The header as received, cut at 512 characters. */
                            "x-forwarded-for"?: string;
                            /** @description The header as received, cut at 512 characters. */
                            "x-real-ip"?: string;
                            /** @description The header as received, cut at 512 characters. */
                            "x-forwarded-proto"?: string;
                            /** @description The header as received, cut at 512 characters. */
                            "x-forwarded-host"?: string;
                            /** @description The header as received, cut at 512 characters. */
                            "x-forwarded-prefix"?: string;
                            /** @description The header as received, cut at 512 characters. */
                            forwarded?: string;
                            /** @description The header as received, cut at 512 characters. */
                            via?: string;
                        };
                        /** @description From the peer outwards; at most 40. */
                        hops: {
                            /** @description The address in canonical form; an invalid element as received. */
                            address: string;
                            trusted: boolean;
                            /** @description The rule that decided whether this hop is trusted. */
                            why: string;
                        }[];
                        /** @description The client address that log, limits, lockout and bans use. */
                        client_address: string;
                        scheme: "http" | "https";
                        host: string;
                        /** @description The base path sent by a trusted proxy; empty without a base path. */
                        prefix: string;
                        /** @description True if the connection to this daemon uses TLS. */
                        encrypted: boolean;
                        tls: {
                            protocol: string;
                            cipher: string;
                        } | null;
                        http_version: string;
                        websocket: {
                            /** @description A path to test a WebSocket with. */
                            path: string;
                        };
                        /** @description Worst first. */
                        problems: {
                            /** @description Stable code for programs. */
                            code: string;
                            severity: "error" | "warning" | "info";
                            /** @description The problem, its consequence and the next step. */
                            message: string;
                            /** @description One configuration line that fixes the problem; null if no fix is needed. */
                            fix: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTrustedProxies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "configured": [
                     *         "loopback"
                     *       ],
                     *       "added": [
                     *         "192.168.1.5"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The proxies in MONITOR_TRUSTED_PROXIES. */
                        configured: string[];
                        /** @description The additional proxies in settings.json. */
                        added: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setTrustedProxies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description IP addresses, CIDRs, or the names loopback, linklocal and uniquelocal.
                     * @example [
                     *       "192.168.1.5"
                     *     ]
                     */
                    proxies: string[];
                    /** @description Revert the change after this many seconds, unless POST /api/security/confirm-change arrives under the new setting. */
                    confirm_within?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "configured": [
                     *         "loopback"
                     *       ],
                     *       "added": [
                     *         "192.168.1.5"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The proxies in MONITOR_TRUSTED_PROXIES. */
                        configured: string[];
                        /** @description The additional proxies in settings.json. */
                        added: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listRecordings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "recordings": [
                     *         {
                     *           "id": "0Zr3Rk6cQm2nV8yXbT1wLA",
                     *           "user": "admin",
                     *           "target": "shell",
                     *           "address": "192.0.2.10",
                     *           "started_at": "2026-04-24T14:32:11.000Z",
                     *           "ended_at": "2026-04-24T14:40:00.500Z",
                     *           "seconds": 469.5,
                     *           "bytes": 48213
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        recordings: {
                            /** @description The terminal’s id. The audit event `terminal_opened` has it as its target. */
                            id: string;
                            /** @description The terminal’s user. */
                            user: string;
                            /** @description `shell` or `lxc:<vmid>`. */
                            target: string;
                            /** @description The client address that opened it. */
                            address: string;
                            started_at: string;
                            /** @description Null while the terminal is open. */
                            ended_at: string | null;
                            /** @description Length of the recording so far. */
                            seconds: number;
                            /** @description Size of the file so far. */
                            bytes: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The terminal’s id.
                 * @example 0Zr3Rk6cQm2nV8yXbT1wLA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An asciicast, version 2. `asciinema play` plays it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-asciicast": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The terminal’s id.
                 * @example 0Zr3Rk6cQm2nV8yXbT1wLA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "cpu_usage": 12.4,
                     *       "cpu_user": 8.1,
                     *       "cpu_system": 3.2,
                     *       "memory_usage": 45.8,
                     *       "memory_total": 31.2,
                     *       "memory_used": 14.29,
                     *       "memory_cached": 9.87,
                     *       "temperature": 47,
                     *       "temperature_sparkline": [
                     *         {
                     *           "timestamp": 1748779200,
                     *           "value": 47
                     *         }
                     *       ],
                     *       "uptime": "3 days, 4:05:06",
                     *       "uptime_seconds": 273906,
                     *       "load_average": [
                     *         0.42,
                     *         0.38,
                     *         0.31
                     *       ],
                     *       "hostname": "pve1.example.com",
                     *       "proxmox_node": "pve1",
                     *       "node_id": "pve1",
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "cpu_cores": 4,
                     *       "cpu_threads": 8,
                     *       "proxmox_version": "8.4.1",
                     *       "kernel_version": "6.8.12-9-pve",
                     *       "os_name": "Debian GNU/Linux 12 (bookworm)",
                     *       "available_updates": 12,
                     *       "reasons": {
                     *         "temperature": "no CPU temperature sensor found"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description CPU time except idle and iowait, including stolen time, percent.
                         * @example 12.4
                         */
                        cpu_usage: number | null;
                        /**
                         * @description CPU time in user mode, including nice, percent.
                         * @example 8.1
                         */
                        cpu_user: number | null;
                        /**
                         * @description CPU time in the kernel, including interrupts, percent.
                         * @example 3.2
                         */
                        cpu_system: number | null;
                        /**
                         * @description Memory in use, percent.
                         * @example 45.8
                         */
                        memory_usage: number | null;
                        /**
                         * @description Total memory, GiB.
                         * @example 31.2
                         */
                        memory_total: number | null;
                        /**
                         * @description Total memory minus memory available without swapping; the ZFS cache (ARC) above its minimum counts as available, GiB.
                         * @example 14.29
                         */
                        memory_used: number | null;
                        /**
                         * @description Page cache, buffers, reclaimable slab and the reclaimable part of the ARC, GiB.
                         * @example 9.87
                         */
                        memory_cached: number | null;
                        /**
                         * @description CPU temperature of the hottest socket, °C; null on a host without a sensor.
                         * @example 47
                         */
                        temperature: number | null;
                        /**
                         * @description CPU temperature of the last hour, one point per minute, oldest first; empty on a host without a sensor.
                         * @example [
                         *       {
                         *         "timestamp": 1748779200,
                         *         "value": 47
                         *       }
                         *     ]
                         */
                        temperature_sparkline: {
                            /**
                             * @description Seconds since the epoch.
                             * @example 1748779200
                             */
                            timestamp: number;
                            /**
                             * @description CPU temperature, °C.
                             * @example 47
                             */
                            value: number;
                        }[];
                        /**
                         * @description Time since boot as text.
                         * @example 3 days, 4:05:06
                         */
                        uptime: string | null;
                        /**
                         * @description Seconds since boot.
                         * @example 273906
                         */
                        uptime_seconds: number | null;
                        /**
                         * @description Load average over 1, 5 and 15 minutes; null for a value that cannot be read.
                         * @example [
                         *       0.42,
                         *       0.38,
                         *       0.31
                         *     ]
                         */
                        load_average: (number | null)[] | null;
                        /**
                         * @description Name of this host.
                         * @example pve1.example.com
                         */
                        hostname: string;
                        /**
                         * @description Name of this Proxmox VE node; null on other hosts.
                         * @example pve1
                         */
                        proxmox_node: string | null;
                        /**
                         * @description Host name without its domain.
                         * @example pve1
                         */
                        node_id: string;
                        /**
                         * @description When the values were sampled, ISO-8601 UTC.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string;
                        /**
                         * @description Physical cores.
                         * @example 4
                         */
                        cpu_cores: number | null;
                        /**
                         * @description Online logical processors.
                         * @example 8
                         */
                        cpu_threads: number | null;
                        /**
                         * @description Version of pve-manager; null on hosts without Proxmox VE.
                         * @example 8.4.1
                         */
                        proxmox_version: string | null;
                        /**
                         * @description Kernel release.
                         * @example 6.8.12-9-pve
                         */
                        kernel_version: string | null;
                        /**
                         * @description Distribution of this host.
                         * @example Debian GNU/Linux 12 (bookworm)
                         */
                        os_name: string | null;
                        /**
                         * @description Packages that can be upgraded.
                         * @example 12
                         */
                        available_updates: number | null;
                        /**
                         * @description The reason for each field that is null.
                         * @example {
                         *       "temperature": "no CPU temperature sensor found"
                         *     }
                         */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getSystemInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "hostname": "pve1.example.com",
                     *       "uptime": "3d 4h 5m",
                     *       "uptime_seconds": 273906,
                     *       "health": {
                     *         "status": "healthy",
                     *         "summary": "All systems operational"
                     *       },
                     *       "timestamp": "2025-06-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Name of this host.
                         * @example pve1.example.com
                         */
                        hostname: string;
                        /**
                         * @description Time since boot as text.
                         * @example 3d 4h 5m
                         */
                        uptime: string | null;
                        /**
                         * @description Seconds since boot.
                         * @example 273906
                         */
                        uptime_seconds: number | null;
                        /** @description Result of all health checks of this host, without acknowledged problems. */
                        health: {
                            /**
                             * @description The worst status of all checks. Features this host lacks are not checked; a value that cannot be read is a warning.
                             * @example healthy
                             * @enum {string}
                             */
                            status: "healthy" | "warning" | "critical";
                            /**
                             * @description Summary of the problems.
                             * @example All systems operational
                             */
                            summary: string;
                        };
                        /**
                         * @description When the values were sampled, ISO-8601 UTC.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "name": "ProxMenux Monitor API",
                     *       "version": "0.1.0",
                     *       "endpoints": [
                     *         "/api/info",
                     *         "/api/system",
                     *         "/api/system-info"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Name of this API.
                         * @example ProxMenux Monitor API
                         */
                        name: string;
                        /**
                         * @description Version of this daemon.
                         * @example 0.1.0
                         */
                        version: string;
                        /**
                         * @description Paths of this API, sorted.
                         * @example [
                         *       "/api/info",
                         *       "/api/system",
                         *       "/api/system-info"
                         *     ]
                         */
                        endpoints: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listGuests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "vms": [
                     *         {
                     *           "vmid": 101,
                     *           "name": "web",
                     *           "type": "lxc",
                     *           "status": "running",
                     *           "node": "pve1",
                     *           "cpu": 0.031,
                     *           "maxcpu": 4,
                     *           "mem": 2147483648,
                     *           "maxmem": 4294967296,
                     *           "disk": 1610612736,
                     *           "maxdisk": 8589934592,
                     *           "uptime": 86400,
                     *           "netin": 103079215,
                     *           "netout": 20615843,
                     *           "diskread": 734003200,
                     *           "diskwrite": 104857600,
                     *           "tags": "prod;web",
                     *           "template": false,
                     *           "reason": null
                     *         }
                     *       ],
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description VMs and containers of all nodes, sorted by id. */
                        vms: {
                            /**
                             * @description Id of the guest.
                             * @example 101
                             */
                            vmid: number;
                            /**
                             * @description Name of the guest.
                             * @example web
                             */
                            name: string;
                            /**
                             * @description `qemu` is a VM, `lxc` a container.
                             * @example lxc
                             * @enum {string}
                             */
                            type: "qemu" | "lxc";
                            /**
                             * @description `running`, `stopped`, …; `unknown` while its node does not answer.
                             * @example running
                             */
                            status: string;
                            /**
                             * @description Node of the guest or storage.
                             * @example pve1
                             */
                            node: string;
                            /**
                             * @description CPU usage as a share of `maxcpu`, 0 to 1.
                             * @example 0.031
                             */
                            cpu: number | null;
                            /**
                             * @description Processors.
                             * @example 4
                             */
                            maxcpu: number | null;
                            /**
                             * @description Memory in use, bytes.
                             * @example 2147483648
                             */
                            mem: number | null;
                            /**
                             * @description Memory, bytes.
                             * @example 4294967296
                             */
                            maxmem: number | null;
                            /**
                             * @description Used space of the root disk; null for a VM, because Proxmox VE cannot see it, bytes.
                             * @example 1610612736
                             */
                            disk: number | null;
                            /**
                             * @description Size of the root disk, bytes.
                             * @example 8589934592
                             */
                            maxdisk: number | null;
                            /**
                             * @description Seconds since the start; 0 if stopped.
                             * @example 86400
                             */
                            uptime: number | null;
                            /**
                             * @description Received since the start, bytes.
                             * @example 103079215
                             */
                            netin: number | null;
                            /**
                             * @description Sent since the start, bytes.
                             * @example 20615843
                             */
                            netout: number | null;
                            /**
                             * @description Read from disks since the start, bytes.
                             * @example 734003200
                             */
                            diskread: number | null;
                            /**
                             * @description Written to disks since the start, bytes.
                             * @example 104857600
                             */
                            diskwrite: number | null;
                            /**
                             * @description Tags separated by `;`; null without tags.
                             * @example prod;web
                             */
                            tags: string | null;
                            /**
                             * @description True for a template, which cannot be started.
                             * @example false
                             */
                            template: boolean;
                            /**
                             * @description Why values are null.
                             * @example null
                             */
                            reason: string | null;
                        }[];
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listProxmoxStorage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "storage": [
                     *         {
                     *           "name": "local",
                     *           "type": "dir",
                     *           "status": "active",
                     *           "status_detail": "available",
                     *           "total": 93.93,
                     *           "used": 12.5,
                     *           "available": 81.43,
                     *           "percent": 13.31,
                     *           "node": "pve1",
                     *           "shared": false,
                     *           "content": "iso,vztmpl,backup"
                     *         }
                     *       ],
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The storages of this node, sorted by name. */
                        storage: {
                            /**
                             * @description Name of the storage.
                             * @example local
                             */
                            name: string;
                            /**
                             * @description Storage type.
                             * @example dir
                             */
                            type: string;
                            /**
                             * @description Whether the storage can be used.
                             * @example active
                             * @enum {string}
                             */
                            status: "active" | "error";
                            /**
                             * @description Status in Proxmox VE.
                             * @example available
                             */
                            status_detail: string;
                            /**
                             * @description Size, GiB; null if the status is not active.
                             * @example 93.93
                             */
                            total: number | null;
                            /**
                             * @description In use, GiB; null if the status is not active.
                             * @example 12.5
                             */
                            used: number | null;
                            /**
                             * @description Free, GiB; null if the status is not active.
                             * @example 81.43
                             */
                            available: number | null;
                            /**
                             * @description Used share, percent; null if the status is not `active`.
                             * @example 13.31
                             */
                            percent: number | null;
                            /**
                             * @description Node that reports these values.
                             * @example pve1
                             */
                            node: string;
                            /**
                             * @description True if the nodes of the cluster share the storage.
                             * @example false
                             */
                            shared: boolean;
                            /**
                             * @description Allowed content types, separated by `,`.
                             * @example iso,vztmpl,backup
                             */
                            content: string;
                        }[];
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listProxmoxNodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "node": "pve1",
                     *       "nodes": [
                     *         {
                     *           "node": "pve1",
                     *           "cpu": 0.031,
                     *           "maxcpu": 4,
                     *           "mem": 2147483648,
                     *           "maxmem": 4294967296,
                     *           "disk": 1610612736,
                     *           "maxdisk": 8589934592,
                     *           "uptime": 86400,
                     *           "status": "online",
                     *           "reason": null
                     *         }
                     *       ],
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Name of this node.
                         * @example pve1
                         */
                        node: string | null;
                        /** @description The nodes of the cluster, sorted by name. */
                        nodes: {
                            /**
                             * @description Name of the node.
                             * @example pve1
                             */
                            node: string;
                            /**
                             * @description CPU usage as a share of `maxcpu`, 0 to 1.
                             * @example 0.031
                             */
                            cpu: number | null;
                            /**
                             * @description Processors.
                             * @example 4
                             */
                            maxcpu: number | null;
                            /**
                             * @description Memory in use, bytes.
                             * @example 2147483648
                             */
                            mem: number | null;
                            /**
                             * @description Memory, bytes.
                             * @example 4294967296
                             */
                            maxmem: number | null;
                            /**
                             * @description Used space of the root disk; null for a VM, because Proxmox VE cannot see it, bytes.
                             * @example 1610612736
                             */
                            disk: number | null;
                            /**
                             * @description Size of the root disk, bytes.
                             * @example 8589934592
                             */
                            maxdisk: number | null;
                            /**
                             * @description Seconds since the start; 0 if stopped.
                             * @example 86400
                             */
                            uptime: number | null;
                            /**
                             * @description `online`, `offline` or `unknown`.
                             * @example online
                             */
                            status: string;
                            /**
                             * @description Why values are null.
                             * @example null
                             */
                            reason: string | null;
                        }[];
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listUpdates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "available_updates": 12,
                     *       "security_updates": 3,
                     *       "new_packages": 1,
                     *       "updates": [
                     *         {
                     *           "name": "openssl",
                     *           "from": "3.0.16-1~deb12u1",
                     *           "to": "3.0.17-1~deb12u2",
                     *           "origin": "Debian-Security:12/stable-security",
                     *           "security": true
                     *         }
                     *       ],
                     *       "removed": [],
                     *       "lists_refreshed_at": "2025-06-01T04:12:00.000Z",
                     *       "reboot_required": false,
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Installed packages that can be upgraded; null if unknown; `reason` says why.
                         * @example 12
                         */
                        available_updates: number | null;
                        /**
                         * @description Upgrades and new packages from a security archive; null if unknown; `reason` says why.
                         * @example 3
                         */
                        security_updates: number | null;
                        /**
                         * @description New packages the upgrade would install, such as a kernel; null if unknown; `reason` says why.
                         * @example 1
                         */
                        new_packages: number | null;
                        /** @description Packages `apt-get dist-upgrade` would install, sorted by name. */
                        updates: {
                            /**
                             * @description Name of the package.
                             * @example openssl
                             */
                            name: string;
                            /**
                             * @description Installed version; null for a new package.
                             * @example 3.0.16-1~deb12u1
                             */
                            from: string | null;
                            /**
                             * @description New version.
                             * @example 3.0.17-1~deb12u2
                             */
                            to: string;
                            /**
                             * @description Origin, in the format of apt.
                             * @example Debian-Security:12/stable-security
                             */
                            origin: string;
                            /**
                             * @description Whether it comes from a security archive.
                             * @example true
                             */
                            security: boolean;
                        }[];
                        /**
                         * @description Packages the upgrade would remove. If `proxmox-ve` is among them, the package sources are wrong: do not upgrade.
                         * @example []
                         */
                        removed: string[];
                        /**
                         * @description When apt last refreshed its package lists, ISO-8601 UTC.
                         * @example 2025-06-01T04:12:00.000Z
                         */
                        lists_refreshed_at: string | null;
                        /**
                         * @description Whether /run/reboot-required exists; not every distribution creates it.
                         * @example false
                         */
                        reboot_required: boolean | null;
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getNetwork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null,
                     *       "interfaces": [],
                     *       "physical_interfaces": [
                     *         {
                     *           "name": "eno1",
                     *           "type": "physical",
                     *           "status": "up",
                     *           "operstate": "up",
                     *           "speed": 1000,
                     *           "duplex": "full",
                     *           "mtu": 1500,
                     *           "mac_address": "02:00:00:00:00:01",
                     *           "addresses": [],
                     *           "bytes_sent": 987654321,
                     *           "bytes_recv": 1234567890,
                     *           "packets_sent": 900000,
                     *           "packets_recv": 1000000,
                     *           "errors_in": 0,
                     *           "errors_out": 0,
                     *           "drops_in": 0,
                     *           "drops_out": 0,
                     *           "packet_loss_in": 0,
                     *           "packet_loss_out": 0,
                     *           "bytes_recv_per_second": 125000,
                     *           "bytes_sent_per_second": 64000,
                     *           "master": "vmbr0",
                     *           "reasons": {}
                     *         }
                     *       ],
                     *       "bridge_interfaces": [],
                     *       "vm_lxc_interfaces": [],
                     *       "traffic": {
                     *         "bytes_sent": 987654321,
                     *         "bytes_recv": 1234567890,
                     *         "packets_sent": 900000,
                     *         "packets_recv": 1000000,
                     *         "errin": 0,
                     *         "errout": 0,
                     *         "dropin": 0,
                     *         "dropout": 0,
                     *         "packet_loss_in": 0,
                     *         "packet_loss_out": 0,
                     *         "bytes_recv_per_second": 125000,
                     *         "bytes_sent_per_second": 64000,
                     *         "reasons": {}
                     *       },
                     *       "active_count": 2,
                     *       "total_count": 3,
                     *       "physical_active_count": 1,
                     *       "physical_total_count": 2,
                     *       "bridge_active_count": 1,
                     *       "bridge_total_count": 1,
                     *       "vm_lxc_active_count": 0,
                     *       "vm_lxc_total_count": 0
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                        /**
                         * @description Interfaces that are not in the other lists.
                         * @example []
                         */
                        interfaces: {
                            /**
                             * @description Name of the interface.
                             * @example eno1
                             */
                            name: string;
                            /**
                             * @description `vm_lxc` is the host side of a guest’s interface; `virtual` is any other virtual interface.
                             * @example physical
                             * @enum {string}
                             */
                            type: "physical" | "wireless" | "bridge" | "bond" | "vlan" | "vm_lxc" | "tunnel" | "loopback" | "virtual";
                            /**
                             * @description Whether the interface is up.
                             * @example up
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /**
                             * @description Operational state in the kernel.
                             * @example up
                             */
                            operstate: string;
                            /**
                             * @description Mbit/s.
                             * @example 1000
                             */
                            speed: number | null;
                            /**
                             * @description Duplex mode of the link.
                             * @example full
                             * @enum {string}
                             */
                            duplex: "full" | "half" | "unknown";
                            /**
                             * @description Maximum packet size, bytes.
                             * @example 1500
                             */
                            mtu: number | null;
                            /**
                             * @description MAC address.
                             * @example 02:00:00:00:00:01
                             */
                            mac_address: string | null;
                            /** @description IPv4 and IPv6 addresses; without a link, the last known addresses. */
                            addresses: {
                                /**
                                 * @description Address.
                                 * @example 192.168.1.10
                                 */
                                ip: string;
                                /**
                                 * @description Netmask.
                                 * @example 255.255.255.0
                                 */
                                netmask: string;
                                /**
                                 * @description Address family.
                                 * @example IPv4
                                 * @enum {string}
                                 */
                                family: "IPv4" | "IPv6";
                            }[];
                            /**
                             * @description Bytes since boot.
                             * @example 987654321
                             */
                            bytes_sent: number | null;
                            /**
                             * @description Bytes since boot.
                             * @example 1234567890
                             */
                            bytes_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 900000
                             */
                            packets_sent: number | null;
                            /**
                             * @description Since boot.
                             * @example 1000000
                             */
                            packets_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_in: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_out: number | null;
                            /**
                             * @description Received and dropped since boot.
                             * @example 0
                             */
                            drops_in: number | null;
                            /**
                             * @description Dropped before they were sent since boot.
                             * @example 0
                             */
                            drops_out: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_in: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_out: number | null;
                            /**
                             * @description Received, bytes per second between two samples.
                             * @example 125000
                             */
                            bytes_recv_per_second: number | null;
                            /**
                             * @description Sent, bytes per second between two samples.
                             * @example 64000
                             */
                            bytes_sent_per_second: number | null;
                            /**
                             * @description The bridge or bond it belongs to.
                             * @example vmbr0
                             */
                            master?: string;
                            /**
                             * @description Ports of the bridge.
                             * @example [
                             *       "eno1"
                             *     ]
                             */
                            bridge_members?: string[];
                            /**
                             * @description Uplink of the bridge.
                             * @example eno1
                             */
                            bridge_physical_interface?: string;
                            /** @description Ports of the bond, if the uplink of the bridge is a bond. */
                            bridge_bond_slaves?: string[];
                            /**
                             * @description Mode of the bond.
                             * @example active-backup
                             */
                            bond_mode?: string;
                            /**
                             * @description Ports of the bond.
                             * @example [
                             *       "eno1",
                             *       "eno2"
                             *     ]
                             */
                            bond_slaves?: string[];
                            /**
                             * @description Active port; null in modes that use all ports.
                             * @example eno1
                             */
                            bond_active_slave?: string | null;
                            /**
                             * @description VLAN id.
                             * @example 10
                             */
                            vlan_id?: number | null;
                            /**
                             * @description Parent interface of the VLAN.
                             * @example eno1
                             */
                            vlan_parent?: string | null;
                            /**
                             * @description Id of the guest in Proxmox VE.
                             * @example 100
                             */
                            vmid?: number;
                            /**
                             * @description Type of the guest.
                             * @example lxc
                             * @enum {string}
                             */
                            vm_type?: "vm" | "lxc";
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        }[];
                        /** @description Physical interfaces, including wireless. */
                        physical_interfaces: {
                            /**
                             * @description Name of the interface.
                             * @example eno1
                             */
                            name: string;
                            /**
                             * @description `vm_lxc` is the host side of a guest’s interface; `virtual` is any other virtual interface.
                             * @example physical
                             * @enum {string}
                             */
                            type: "physical" | "wireless" | "bridge" | "bond" | "vlan" | "vm_lxc" | "tunnel" | "loopback" | "virtual";
                            /**
                             * @description Whether the interface is up.
                             * @example up
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /**
                             * @description Operational state in the kernel.
                             * @example up
                             */
                            operstate: string;
                            /**
                             * @description Mbit/s.
                             * @example 1000
                             */
                            speed: number | null;
                            /**
                             * @description Duplex mode of the link.
                             * @example full
                             * @enum {string}
                             */
                            duplex: "full" | "half" | "unknown";
                            /**
                             * @description Maximum packet size, bytes.
                             * @example 1500
                             */
                            mtu: number | null;
                            /**
                             * @description MAC address.
                             * @example 02:00:00:00:00:01
                             */
                            mac_address: string | null;
                            /** @description IPv4 and IPv6 addresses; without a link, the last known addresses. */
                            addresses: {
                                /**
                                 * @description Address.
                                 * @example 192.168.1.10
                                 */
                                ip: string;
                                /**
                                 * @description Netmask.
                                 * @example 255.255.255.0
                                 */
                                netmask: string;
                                /**
                                 * @description Address family.
                                 * @example IPv4
                                 * @enum {string}
                                 */
                                family: "IPv4" | "IPv6";
                            }[];
                            /**
                             * @description Bytes since boot.
                             * @example 987654321
                             */
                            bytes_sent: number | null;
                            /**
                             * @description Bytes since boot.
                             * @example 1234567890
                             */
                            bytes_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 900000
                             */
                            packets_sent: number | null;
                            /**
                             * @description Since boot.
                             * @example 1000000
                             */
                            packets_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_in: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_out: number | null;
                            /**
                             * @description Received and dropped since boot.
                             * @example 0
                             */
                            drops_in: number | null;
                            /**
                             * @description Dropped before they were sent since boot.
                             * @example 0
                             */
                            drops_out: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_in: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_out: number | null;
                            /**
                             * @description Received, bytes per second between two samples.
                             * @example 125000
                             */
                            bytes_recv_per_second: number | null;
                            /**
                             * @description Sent, bytes per second between two samples.
                             * @example 64000
                             */
                            bytes_sent_per_second: number | null;
                            /**
                             * @description The bridge or bond it belongs to.
                             * @example vmbr0
                             */
                            master?: string;
                            /**
                             * @description Ports of the bridge.
                             * @example [
                             *       "eno1"
                             *     ]
                             */
                            bridge_members?: string[];
                            /**
                             * @description Uplink of the bridge.
                             * @example eno1
                             */
                            bridge_physical_interface?: string;
                            /** @description Ports of the bond, if the uplink of the bridge is a bond. */
                            bridge_bond_slaves?: string[];
                            /**
                             * @description Mode of the bond.
                             * @example active-backup
                             */
                            bond_mode?: string;
                            /**
                             * @description Ports of the bond.
                             * @example [
                             *       "eno1",
                             *       "eno2"
                             *     ]
                             */
                            bond_slaves?: string[];
                            /**
                             * @description Active port; null in modes that use all ports.
                             * @example eno1
                             */
                            bond_active_slave?: string | null;
                            /**
                             * @description VLAN id.
                             * @example 10
                             */
                            vlan_id?: number | null;
                            /**
                             * @description Parent interface of the VLAN.
                             * @example eno1
                             */
                            vlan_parent?: string | null;
                            /**
                             * @description Id of the guest in Proxmox VE.
                             * @example 100
                             */
                            vmid?: number;
                            /**
                             * @description Type of the guest.
                             * @example lxc
                             * @enum {string}
                             */
                            vm_type?: "vm" | "lxc";
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        }[];
                        /**
                         * @description Bridges.
                         * @example []
                         */
                        bridge_interfaces: {
                            /**
                             * @description Name of the interface.
                             * @example eno1
                             */
                            name: string;
                            /**
                             * @description `vm_lxc` is the host side of a guest’s interface; `virtual` is any other virtual interface.
                             * @example physical
                             * @enum {string}
                             */
                            type: "physical" | "wireless" | "bridge" | "bond" | "vlan" | "vm_lxc" | "tunnel" | "loopback" | "virtual";
                            /**
                             * @description Whether the interface is up.
                             * @example up
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /**
                             * @description Operational state in the kernel.
                             * @example up
                             */
                            operstate: string;
                            /**
                             * @description Mbit/s.
                             * @example 1000
                             */
                            speed: number | null;
                            /**
                             * @description Duplex mode of the link.
                             * @example full
                             * @enum {string}
                             */
                            duplex: "full" | "half" | "unknown";
                            /**
                             * @description Maximum packet size, bytes.
                             * @example 1500
                             */
                            mtu: number | null;
                            /**
                             * @description MAC address.
                             * @example 02:00:00:00:00:01
                             */
                            mac_address: string | null;
                            /** @description IPv4 and IPv6 addresses; without a link, the last known addresses. */
                            addresses: {
                                /**
                                 * @description Address.
                                 * @example 192.168.1.10
                                 */
                                ip: string;
                                /**
                                 * @description Netmask.
                                 * @example 255.255.255.0
                                 */
                                netmask: string;
                                /**
                                 * @description Address family.
                                 * @example IPv4
                                 * @enum {string}
                                 */
                                family: "IPv4" | "IPv6";
                            }[];
                            /**
                             * @description Bytes since boot.
                             * @example 987654321
                             */
                            bytes_sent: number | null;
                            /**
                             * @description Bytes since boot.
                             * @example 1234567890
                             */
                            bytes_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 900000
                             */
                            packets_sent: number | null;
                            /**
                             * @description Since boot.
                             * @example 1000000
                             */
                            packets_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_in: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_out: number | null;
                            /**
                             * @description Received and dropped since boot.
                             * @example 0
                             */
                            drops_in: number | null;
                            /**
                             * @description Dropped before they were sent since boot.
                             * @example 0
                             */
                            drops_out: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_in: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_out: number | null;
                            /**
                             * @description Received, bytes per second between two samples.
                             * @example 125000
                             */
                            bytes_recv_per_second: number | null;
                            /**
                             * @description Sent, bytes per second between two samples.
                             * @example 64000
                             */
                            bytes_sent_per_second: number | null;
                            /**
                             * @description The bridge or bond it belongs to.
                             * @example vmbr0
                             */
                            master?: string;
                            /**
                             * @description Ports of the bridge.
                             * @example [
                             *       "eno1"
                             *     ]
                             */
                            bridge_members?: string[];
                            /**
                             * @description Uplink of the bridge.
                             * @example eno1
                             */
                            bridge_physical_interface?: string;
                            /** @description Ports of the bond, if the uplink of the bridge is a bond. */
                            bridge_bond_slaves?: string[];
                            /**
                             * @description Mode of the bond.
                             * @example active-backup
                             */
                            bond_mode?: string;
                            /**
                             * @description Ports of the bond.
                             * @example [
                             *       "eno1",
                             *       "eno2"
                             *     ]
                             */
                            bond_slaves?: string[];
                            /**
                             * @description Active port; null in modes that use all ports.
                             * @example eno1
                             */
                            bond_active_slave?: string | null;
                            /**
                             * @description VLAN id.
                             * @example 10
                             */
                            vlan_id?: number | null;
                            /**
                             * @description Parent interface of the VLAN.
                             * @example eno1
                             */
                            vlan_parent?: string | null;
                            /**
                             * @description Id of the guest in Proxmox VE.
                             * @example 100
                             */
                            vmid?: number;
                            /**
                             * @description Type of the guest.
                             * @example lxc
                             * @enum {string}
                             */
                            vm_type?: "vm" | "lxc";
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        }[];
                        /**
                         * @description Interfaces of guests.
                         * @example []
                         */
                        vm_lxc_interfaces: {
                            /**
                             * @description Name of the interface.
                             * @example eno1
                             */
                            name: string;
                            /**
                             * @description `vm_lxc` is the host side of a guest’s interface; `virtual` is any other virtual interface.
                             * @example physical
                             * @enum {string}
                             */
                            type: "physical" | "wireless" | "bridge" | "bond" | "vlan" | "vm_lxc" | "tunnel" | "loopback" | "virtual";
                            /**
                             * @description Whether the interface is up.
                             * @example up
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /**
                             * @description Operational state in the kernel.
                             * @example up
                             */
                            operstate: string;
                            /**
                             * @description Mbit/s.
                             * @example 1000
                             */
                            speed: number | null;
                            /**
                             * @description Duplex mode of the link.
                             * @example full
                             * @enum {string}
                             */
                            duplex: "full" | "half" | "unknown";
                            /**
                             * @description Maximum packet size, bytes.
                             * @example 1500
                             */
                            mtu: number | null;
                            /**
                             * @description MAC address.
                             * @example 02:00:00:00:00:01
                             */
                            mac_address: string | null;
                            /** @description IPv4 and IPv6 addresses; without a link, the last known addresses. */
                            addresses: {
                                /**
                                 * @description Address.
                                 * @example 192.168.1.10
                                 */
                                ip: string;
                                /**
                                 * @description Netmask.
                                 * @example 255.255.255.0
                                 */
                                netmask: string;
                                /**
                                 * @description Address family.
                                 * @example IPv4
                                 * @enum {string}
                                 */
                                family: "IPv4" | "IPv6";
                            }[];
                            /**
                             * @description Bytes since boot.
                             * @example 987654321
                             */
                            bytes_sent: number | null;
                            /**
                             * @description Bytes since boot.
                             * @example 1234567890
                             */
                            bytes_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 900000
                             */
                            packets_sent: number | null;
                            /**
                             * @description Since boot.
                             * @example 1000000
                             */
                            packets_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_in: number | null;
                            /**
                             * @description Since boot.
                             * @example 0
                             */
                            errors_out: number | null;
                            /**
                             * @description Received and dropped since boot.
                             * @example 0
                             */
                            drops_in: number | null;
                            /**
                             * @description Dropped before they were sent since boot.
                             * @example 0
                             */
                            drops_out: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_in: number | null;
                            /**
                             * @description Share of dropped packets since boot, percent.
                             * @example 0
                             */
                            packet_loss_out: number | null;
                            /**
                             * @description Received, bytes per second between two samples.
                             * @example 125000
                             */
                            bytes_recv_per_second: number | null;
                            /**
                             * @description Sent, bytes per second between two samples.
                             * @example 64000
                             */
                            bytes_sent_per_second: number | null;
                            /**
                             * @description The bridge or bond it belongs to.
                             * @example vmbr0
                             */
                            master?: string;
                            /**
                             * @description Ports of the bridge.
                             * @example [
                             *       "eno1"
                             *     ]
                             */
                            bridge_members?: string[];
                            /**
                             * @description Uplink of the bridge.
                             * @example eno1
                             */
                            bridge_physical_interface?: string;
                            /** @description Ports of the bond, if the uplink of the bridge is a bond. */
                            bridge_bond_slaves?: string[];
                            /**
                             * @description Mode of the bond.
                             * @example active-backup
                             */
                            bond_mode?: string;
                            /**
                             * @description Ports of the bond.
                             * @example [
                             *       "eno1",
                             *       "eno2"
                             *     ]
                             */
                            bond_slaves?: string[];
                            /**
                             * @description Active port; null in modes that use all ports.
                             * @example eno1
                             */
                            bond_active_slave?: string | null;
                            /**
                             * @description VLAN id.
                             * @example 10
                             */
                            vlan_id?: number | null;
                            /**
                             * @description Parent interface of the VLAN.
                             * @example eno1
                             */
                            vlan_parent?: string | null;
                            /**
                             * @description Id of the guest in Proxmox VE.
                             * @example 100
                             */
                            vmid?: number;
                            /**
                             * @description Type of the guest.
                             * @example lxc
                             * @enum {string}
                             */
                            vm_type?: "vm" | "lxc";
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        }[];
                        /** @description Sum over the physical interfaces, so that traffic of a bridge or bond counts once. */
                        traffic: {
                            /**
                             * @description Bytes since boot.
                             * @example 987654321
                             */
                            bytes_sent: number | null;
                            /**
                             * @description Bytes since boot.
                             * @example 1234567890
                             */
                            bytes_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 900000
                             */
                            packets_sent: number | null;
                            /**
                             * @description Since boot.
                             * @example 1000000
                             */
                            packets_recv: number | null;
                            /**
                             * @description Receive errors since boot.
                             * @example 0
                             */
                            errin: number | null;
                            /**
                             * @description Send errors since boot.
                             * @example 0
                             */
                            errout: number | null;
                            /**
                             * @description Received and dropped since boot.
                             * @example 0
                             */
                            dropin: number | null;
                            /**
                             * @description Dropped before they were sent since boot.
                             * @example 0
                             */
                            dropout: number | null;
                            /**
                             * @description Dropped on receipt, percent of the packets since boot.
                             * @example 0
                             */
                            packet_loss_in: number | null;
                            /**
                             * @description Dropped on sending, percent of the packets since boot.
                             * @example 0
                             */
                            packet_loss_out: number | null;
                            /**
                             * @description Received, bytes per second between two samples.
                             * @example 125000
                             */
                            bytes_recv_per_second: number | null;
                            /**
                             * @description Sent, bytes per second between two samples.
                             * @example 64000
                             */
                            bytes_sent_per_second: number | null;
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        };
                        /**
                         * @description Physical interfaces and bridges that are up.
                         * @example 2
                         */
                        active_count: number | null;
                        /**
                         * @description Physical interfaces and bridges.
                         * @example 3
                         */
                        total_count: number | null;
                        /**
                         * @description Physical interfaces that are up.
                         * @example 1
                         */
                        physical_active_count: number | null;
                        /**
                         * @description Physical interfaces.
                         * @example 2
                         */
                        physical_total_count: number | null;
                        /**
                         * @description Bridges that are up.
                         * @example 1
                         */
                        bridge_active_count: number | null;
                        /**
                         * @description Bridges.
                         * @example 1
                         */
                        bridge_total_count: number | null;
                        /**
                         * @description Guests’ interfaces that are up.
                         * @example 0
                         */
                        vm_lxc_active_count: number | null;
                        /**
                         * @description Guests’ interfaces.
                         * @example 0
                         */
                        vm_lxc_total_count: number | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getNetworkSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null,
                     *       "traffic": {
                     *         "bytes_sent": 987654321,
                     *         "bytes_recv": 1234567890,
                     *         "packets_sent": 900000,
                     *         "packets_recv": 1000000,
                     *         "errin": 0,
                     *         "errout": 0,
                     *         "dropin": 0,
                     *         "dropout": 0,
                     *         "packet_loss_in": 0,
                     *         "packet_loss_out": 0,
                     *         "bytes_recv_per_second": 125000,
                     *         "bytes_sent_per_second": 64000,
                     *         "reasons": {}
                     *       },
                     *       "active_count": 2,
                     *       "total_count": 3,
                     *       "physical_active_count": 1,
                     *       "physical_total_count": 2,
                     *       "bridge_active_count": 1,
                     *       "bridge_total_count": 1,
                     *       "vm_lxc_active_count": 0,
                     *       "vm_lxc_total_count": 0,
                     *       "physical_interfaces": [
                     *         {
                     *           "name": "eno1",
                     *           "status": "up",
                     *           "addresses": [
                     *             {
                     *               "ip": "192.168.1.10",
                     *               "netmask": "255.255.255.0",
                     *               "family": "IPv4"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "bridge_interfaces": [
                     *         {
                     *           "name": "eno1",
                     *           "status": "up",
                     *           "addresses": [
                     *             {
                     *               "ip": "192.168.1.10",
                     *               "netmask": "255.255.255.0",
                     *               "family": "IPv4"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "interfaces": [
                     *         {
                     *           "name": "vmbr0",
                     *           "ip": "192.168.1.10",
                     *           "state": "up",
                     *           "rx_bytes": 1234567890,
                     *           "tx_bytes": 987654321
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                        /** @description Sum over the physical interfaces, so that traffic of a bridge or bond counts once. */
                        traffic: {
                            /**
                             * @description Bytes since boot.
                             * @example 987654321
                             */
                            bytes_sent: number | null;
                            /**
                             * @description Bytes since boot.
                             * @example 1234567890
                             */
                            bytes_recv: number | null;
                            /**
                             * @description Since boot.
                             * @example 900000
                             */
                            packets_sent: number | null;
                            /**
                             * @description Since boot.
                             * @example 1000000
                             */
                            packets_recv: number | null;
                            /**
                             * @description Receive errors since boot.
                             * @example 0
                             */
                            errin: number | null;
                            /**
                             * @description Send errors since boot.
                             * @example 0
                             */
                            errout: number | null;
                            /**
                             * @description Received and dropped since boot.
                             * @example 0
                             */
                            dropin: number | null;
                            /**
                             * @description Dropped before they were sent since boot.
                             * @example 0
                             */
                            dropout: number | null;
                            /**
                             * @description Dropped on receipt, percent of the packets since boot.
                             * @example 0
                             */
                            packet_loss_in: number | null;
                            /**
                             * @description Dropped on sending, percent of the packets since boot.
                             * @example 0
                             */
                            packet_loss_out: number | null;
                            /**
                             * @description Received, bytes per second between two samples.
                             * @example 125000
                             */
                            bytes_recv_per_second: number | null;
                            /**
                             * @description Sent, bytes per second between two samples.
                             * @example 64000
                             */
                            bytes_sent_per_second: number | null;
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        };
                        /**
                         * @description Physical interfaces and bridges that are up.
                         * @example 2
                         */
                        active_count: number | null;
                        /**
                         * @description Physical interfaces and bridges.
                         * @example 3
                         */
                        total_count: number | null;
                        /**
                         * @description Physical interfaces that are up.
                         * @example 1
                         */
                        physical_active_count: number | null;
                        /**
                         * @description Physical interfaces.
                         * @example 2
                         */
                        physical_total_count: number | null;
                        /**
                         * @description Bridges that are up.
                         * @example 1
                         */
                        bridge_active_count: number | null;
                        /**
                         * @description Bridges.
                         * @example 1
                         */
                        bridge_total_count: number | null;
                        /**
                         * @description Guests’ interfaces that are up.
                         * @example 0
                         */
                        vm_lxc_active_count: number | null;
                        /**
                         * @description Guests’ interfaces.
                         * @example 0
                         */
                        vm_lxc_total_count: number | null;
                        /** @description Physical interfaces, including wireless. */
                        physical_interfaces: {
                            /**
                             * @description Name of the interface.
                             * @example eno1
                             */
                            name: string;
                            /**
                             * @description Whether the interface is up.
                             * @example up
                             * @enum {string}
                             */
                            status: "up" | "down";
                            addresses: {
                                /**
                                 * @description Address.
                                 * @example 192.168.1.10
                                 */
                                ip: string;
                                /**
                                 * @description Netmask.
                                 * @example 255.255.255.0
                                 */
                                netmask: string;
                                /**
                                 * @description Address family.
                                 * @example IPv4
                                 * @enum {string}
                                 */
                                family: "IPv4" | "IPv6";
                            }[];
                        }[];
                        /** @description Bridges. */
                        bridge_interfaces: {
                            /**
                             * @description Name of the interface.
                             * @example eno1
                             */
                            name: string;
                            /**
                             * @description Whether the interface is up.
                             * @example up
                             * @enum {string}
                             */
                            status: "up" | "down";
                            addresses: {
                                /**
                                 * @description Address.
                                 * @example 192.168.1.10
                                 */
                                ip: string;
                                /**
                                 * @description Netmask.
                                 * @example 255.255.255.0
                                 */
                                netmask: string;
                                /**
                                 * @description Address family.
                                 * @example IPv4
                                 * @enum {string}
                                 */
                                family: "IPv4" | "IPv6";
                            }[];
                        }[];
                        /** @description Physical interfaces, then bridges. Do not add them up: traffic of a bridge also passes its physical interface. */
                        interfaces: {
                            /**
                             * @description Name of the interface.
                             * @example vmbr0
                             */
                            name: string;
                            /**
                             * @description First address; missing without an address.
                             * @example 192.168.1.10
                             */
                            ip?: string;
                            /**
                             * @description Whether the interface is up.
                             * @example up
                             * @enum {string}
                             */
                            state: "up" | "down";
                            /**
                             * @description Received since boot.
                             * @example 1234567890
                             */
                            rx_bytes: number | null;
                            /**
                             * @description Sent since boot.
                             * @example 987654321
                             */
                            tx_bytes: number | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getStorage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null,
                     *       "total": 0.45,
                     *       "used": 120.2,
                     *       "available": 313.9,
                     *       "disk_count": 1,
                     *       "total_bytes": 500107862016,
                     *       "used_bytes": 129063624704,
                     *       "available_bytes": 337047347200,
                     *       "usage_percent": 27.7,
                     *       "healthy_disks": 1,
                     *       "warning_disks": 0,
                     *       "critical_disks": 0,
                     *       "io": {
                     *         "read_bytes": 52428800,
                     *         "write_bytes": 104857600,
                     *         "read_bytes_per_second": 4096,
                     *         "write_bytes_per_second": 8192,
                     *         "reads_per_second": 1.2,
                     *         "writes_per_second": 3.4,
                     *         "reasons": {}
                     *       },
                     *       "disks": [
                     *         {
                     *           "name": "sda",
                     *           "type": "ssd",
                     *           "size": 488386584,
                     *           "size_formatted": "465.8G",
                     *           "size_bytes": 500107862016,
                     *           "model": "Samsung SSD 870 EVO 500GB",
                     *           "serial": "S62ANX0R123456",
                     *           "rotational": false,
                     *           "removable": false,
                     *           "physical": true,
                     *           "partitions": [
                     *             {
                     *               "name": "sda1",
                     *               "size_bytes": 1048576
                     *             }
                     *           ],
                     *           "mounts": [
                     *             "/"
                     *           ],
                     *           "mountpoint": "/",
                     *           "fstype": "ext4",
                     *           "total": 457.4,
                     *           "used": 120.2,
                     *           "available": 313.9,
                     *           "usage_percent": 27.7,
                     *           "read_bytes": 52428800,
                     *           "write_bytes": 104857600,
                     *           "read_bytes_per_second": 4096,
                     *           "write_bytes_per_second": 8192,
                     *           "reads_per_second": 1.2,
                     *           "writes_per_second": 3.4,
                     *           "utilization": 2.5,
                     *           "health": "healthy",
                     *           "smart_status": "passed",
                     *           "temperature": 34,
                     *           "power_on_hours": 12345,
                     *           "power_cycles": 123,
                     *           "rotation_rate": 0,
                     *           "reallocated_sectors": 0,
                     *           "pending_sectors": 0,
                     *           "crc_errors": 0,
                     *           "media_errors": 0,
                     *           "percentage_used": 3,
                     *           "smart": {
                     *             "timestamp": "2025-06-01T12:00:00.000Z",
                     *             "stale": false,
                     *             "age_seconds": 2.5,
                     *             "reason": null
                     *           },
                     *           "reasons": {}
                     *         }
                     *       ],
                     *       "filesystems": [
                     *         {
                     *           "mountpoint": "/",
                     *           "device": "/dev/sda1",
                     *           "fstype": "ext4",
                     *           "total_bytes": 491135651840,
                     *           "used_bytes": 129063624704,
                     *           "available_bytes": 337047347200,
                     *           "usage_percent": 27.7,
                     *           "read_only": false,
                     *           "remote": false,
                     *           "disks": [
                     *             "sda"
                     *           ],
                     *           "timestamp": "2025-06-01T12:00:00.000Z",
                     *           "stale": false,
                     *           "age_seconds": 2.5,
                     *           "reason": null
                     *         }
                     *       ],
                     *       "zfs_pools": [
                     *         {
                     *           "name": "rpool",
                     *           "health": "ONLINE",
                     *           "size": "464.0G",
                     *           "allocated": "120.5G",
                     *           "free": "343.5G",
                     *           "size_bytes": 498216206336,
                     *           "allocated_bytes": 129385889792,
                     *           "free_bytes": 368830316544,
                     *           "usage_percent": 25,
                     *           "fragmentation_percent": 12,
                     *           "read_errors": 0,
                     *           "write_errors": 0,
                     *           "checksum_errors": 0,
                     *           "errors": "No known data errors",
                     *           "reasons": {}
                     *         }
                     *       ],
                     *       "sources": {
                     *         "disks": {
                     *           "timestamp": "2025-06-01T12:00:00.000Z",
                     *           "stale": false,
                     *           "age_seconds": 2.5,
                     *           "reason": null
                     *         },
                     *         "filesystems": {
                     *           "timestamp": "2025-06-01T12:00:00.000Z",
                     *           "stale": false,
                     *           "age_seconds": 2.5,
                     *           "reason": null
                     *         },
                     *         "smart": {
                     *           "timestamp": "2025-06-01T12:00:00.000Z",
                     *           "stale": false,
                     *           "age_seconds": 2.5,
                     *           "reason": null
                     *         },
                     *         "zfs_pools": {
                     *           "timestamp": "2025-06-01T12:00:00.000Z",
                     *           "stale": false,
                     *           "age_seconds": 2.5,
                     *           "reason": null
                     *         }
                     *       },
                     *       "reasons": {}
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                        /**
                         * @description Capacity of the physical disks, TiB.
                         * @example 0.45
                         */
                        total: number | null;
                        /**
                         * @description Used space of local file systems and ZFS pools, GiB.
                         * @example 120.2
                         */
                        used: number | null;
                        /**
                         * @description Available space in local file systems and ZFS pools, GiB.
                         * @example 313.9
                         */
                        available: number | null;
                        /**
                         * @description Physical disks.
                         * @example 1
                         */
                        disk_count: number | null;
                        /**
                         * @description Capacity of the physical disks, bytes.
                         * @example 500107862016
                         */
                        total_bytes: number | null;
                        /**
                         * @description Used space of local file systems and ZFS pools, each counted once and without parity; network file systems are excluded, bytes.
                         * @example 129063624704
                         */
                        used_bytes: number | null;
                        /**
                         * @description Available space in local file systems and ZFS pools, bytes.
                         * @example 337047347200
                         */
                        available_bytes: number | null;
                        /**
                         * @description Used share of used and available space, percent.
                         * @example 27.7
                         */
                        usage_percent: number | null;
                        /**
                         * @description Physical disks with the health `healthy`.
                         * @example 1
                         */
                        healthy_disks: number | null;
                        /**
                         * @description Physical disks with the health `warning`.
                         * @example 0
                         */
                        warning_disks: number | null;
                        /**
                         * @description Physical disks with the health `critical`.
                         * @example 0
                         */
                        critical_disks: number | null;
                        /** @description Sum over the physical disks. */
                        io: {
                            /**
                             * @description Read since boot, bytes.
                             * @example 52428800
                             */
                            read_bytes: number | null;
                            /**
                             * @description Written since boot, bytes.
                             * @example 104857600
                             */
                            write_bytes: number | null;
                            /**
                             * @description Read, bytes per second between two samples.
                             * @example 4096
                             */
                            read_bytes_per_second: number | null;
                            /**
                             * @description Written, bytes per second between two samples.
                             * @example 8192
                             */
                            write_bytes_per_second: number | null;
                            /**
                             * @description Read requests per second.
                             * @example 1.2
                             */
                            reads_per_second: number | null;
                            /**
                             * @description Write requests per second.
                             * @example 3.4
                             */
                            writes_per_second: number | null;
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        };
                        disks: {
                            /**
                             * @description Name of the block device.
                             * @example sda
                             */
                            name: string;
                            /**
                             * @description `virtual`: provided by a hypervisor, a network or an array of other disks.
                             * @example ssd
                             * @enum {string}
                             */
                            type: "nvme" | "ssd" | "hdd" | "virtual";
                            /**
                             * @description Capacity, KiB.
                             * @example 488386584
                             */
                            size: number;
                            /**
                             * @description Capacity as text.
                             * @example 465.8G
                             */
                            size_formatted: string;
                            /**
                             * @description Capacity, bytes.
                             * @example 500107862016
                             */
                            size_bytes: number;
                            /**
                             * @description Model.
                             * @example Samsung SSD 870 EVO 500GB
                             */
                            model: string | null;
                            /**
                             * @description Serial number.
                             * @example S62ANX0R123456
                             */
                            serial: string | null;
                            /**
                             * @description Whether the kernel treats it as a rotating disk.
                             * @example false
                             */
                            rotational: boolean | null;
                            /**
                             * @description Whether the kernel treats it as removable.
                             * @example false
                             */
                            removable: boolean;
                            /**
                             * @description Whether it counts in totals; false for arrays of other disks.
                             * @example true
                             */
                            physical: boolean;
                            partitions: {
                                /**
                                 * @description Name.
                                 * @example sda1
                                 */
                                name: string;
                                /**
                                 * @description Bytes.
                                 * @example 1048576
                                 */
                                size_bytes: number;
                            }[];
                            /**
                             * @description Mount points of its file systems.
                             * @example [
                             *       "/"
                             *     ]
                             */
                            mounts: string[];
                            /**
                             * @description The first of `mounts`.
                             * @example /
                             */
                            mountpoint?: string;
                            /**
                             * @description File system at `mountpoint`.
                             * @example ext4
                             */
                            fstype?: string;
                            /**
                             * @description Size of the file system at `mountpoint`, GiB.
                             * @example 457.4
                             */
                            total?: number | null;
                            /**
                             * @description Used space of the file system at `mountpoint`, GiB.
                             * @example 120.2
                             */
                            used?: number | null;
                            /**
                             * @description Space available to unprivileged users in the file system at `mountpoint`, GiB.
                             * @example 313.9
                             */
                            available?: number | null;
                            /**
                             * @description Used share of the file system at `mountpoint`, percent, as in df.
                             * @example 27.7
                             */
                            usage_percent?: number | null;
                            /**
                             * @description Read since boot, bytes.
                             * @example 52428800
                             */
                            read_bytes: number | null;
                            /**
                             * @description Written since boot, bytes.
                             * @example 104857600
                             */
                            write_bytes: number | null;
                            /**
                             * @description Read, bytes per second between two samples.
                             * @example 4096
                             */
                            read_bytes_per_second: number | null;
                            /**
                             * @description Written, bytes per second between two samples.
                             * @example 8192
                             */
                            write_bytes_per_second: number | null;
                            /**
                             * @description Read requests per second.
                             * @example 1.2
                             */
                            reads_per_second: number | null;
                            /**
                             * @description Write requests per second.
                             * @example 3.4
                             */
                            writes_per_second: number | null;
                            /**
                             * @description Share of time with a request in flight, percent.
                             * @example 2.5
                             */
                            utilization: number | null;
                            /**
                             * @description Health by SMART. `warning`: bad sectors, media errors or wear; `critical`: the disk predicts its failure.
                             * @example healthy
                             * @enum {string}
                             */
                            health: "healthy" | "warning" | "critical" | "unknown";
                            /**
                             * @description Overall assessment by the disk.
                             * @example passed
                             * @enum {string}
                             */
                            smart_status: "passed" | "failed" | "unknown";
                            /**
                             * @description Temperature, °C.
                             * @example 34
                             */
                            temperature: number | null;
                            /**
                             * @description Power-on hours.
                             * @example 12345
                             */
                            power_on_hours: number | null;
                            /**
                             * @description Power cycles.
                             * @example 123
                             */
                            power_cycles: number | null;
                            /**
                             * @description Revolutions per minute; 0 for an SSD.
                             * @example 0
                             */
                            rotation_rate: number | null;
                            /**
                             * @description Reallocated sectors.
                             * @example 0
                             */
                            reallocated_sectors: number | null;
                            /**
                             * @description Unreadable sectors waiting for reallocation.
                             * @example 0
                             */
                            pending_sectors: number | null;
                            /**
                             * @description CRC errors, usually caused by the cable.
                             * @example 0
                             */
                            crc_errors: number | null;
                            /**
                             * @description Media errors; NVMe only.
                             * @example 0
                             */
                            media_errors: number | null;
                            /**
                             * @description Used share of the rated lifetime, percent; NVMe only.
                             * @example 3
                             */
                            percentage_used: number | null;
                            /** @description Age of the SMART data. */
                            smart: {
                                /**
                                 * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                                 * @example 2025-06-01T12:00:00.000Z
                                 */
                                timestamp: string | null;
                                /**
                                 * @description The last reading failed or hangs: the values are from an earlier reading.
                                 * @example false
                                 */
                                stale: boolean;
                                /**
                                 * @description Seconds since `timestamp`.
                                 * @example 2.5
                                 */
                                age_seconds: number | null;
                                /**
                                 * @description Why values are missing or stale; null if the last reading succeeded.
                                 * @example null
                                 */
                                reason: string | null;
                            };
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        }[];
                        /** @description Real file systems, each listed once; without snaps, overlays, memory file systems and bind mounts. */
                        filesystems: {
                            /**
                             * @description Mount point.
                             * @example /
                             */
                            mountpoint: string;
                            /**
                             * @description Mounted device, share or data set.
                             * @example /dev/sda1
                             */
                            device: string;
                            /**
                             * @description File system type.
                             * @example ext4
                             */
                            fstype: string;
                            /**
                             * @description Size, bytes.
                             * @example 491135651840
                             */
                            total_bytes: number | null;
                            /**
                             * @description Used, bytes.
                             * @example 129063624704
                             */
                            used_bytes: number | null;
                            /**
                             * @description Space available to unprivileged users, bytes.
                             * @example 337047347200
                             */
                            available_bytes: number | null;
                            /**
                             * @description Used share, percent, as in df.
                             * @example 27.7
                             */
                            usage_percent: number | null;
                            /**
                             * @description Mounted read-only.
                             * @example false
                             */
                            read_only: boolean;
                            /**
                             * @description Provided by another machine or a user-space program.
                             * @example false
                             */
                            remote: boolean;
                            /**
                             * @description Disks that hold the file system.
                             * @example [
                             *       "sda"
                             *     ]
                             */
                            disks: string[];
                            /**
                             * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                             * @example 2025-06-01T12:00:00.000Z
                             */
                            timestamp: string | null;
                            /**
                             * @description The last reading failed or hangs: the values are from an earlier reading.
                             * @example false
                             */
                            stale: boolean;
                            /**
                             * @description Seconds since `timestamp`.
                             * @example 2.5
                             */
                            age_seconds: number | null;
                            /**
                             * @description Why values are missing or stale; null if the last reading succeeded.
                             * @example null
                             */
                            reason: string | null;
                        }[];
                        zfs_pools: {
                            /**
                             * @description Name.
                             * @example rpool
                             */
                            name: string;
                            /**
                             * @description State reported by ZFS.
                             * @example ONLINE
                             */
                            health: string;
                            /**
                             * @description Size as text.
                             * @example 464.0G
                             */
                            size: string | null;
                            /**
                             * @description Allocated space as text.
                             * @example 120.5G
                             */
                            allocated: string | null;
                            /**
                             * @description Free space as text.
                             * @example 343.5G
                             */
                            free: string | null;
                            /**
                             * @description Size in zpool, including raidz parity, bytes.
                             * @example 498216206336
                             */
                            size_bytes: number | null;
                            /**
                             * @description Allocated space, including parity, bytes.
                             * @example 129385889792
                             */
                            allocated_bytes: number | null;
                            /**
                             * @description Free space, including parity, bytes.
                             * @example 368830316544
                             */
                            free_bytes: number | null;
                            /**
                             * @description Allocated share, percent.
                             * @example 25
                             */
                            usage_percent: number | null;
                            /**
                             * @description Fragmentation of the free space, percent.
                             * @example 12
                             */
                            fragmentation_percent: number | null;
                            /**
                             * @description Read errors of all devices.
                             * @example 0
                             */
                            read_errors: number | null;
                            /**
                             * @description Write errors of all devices.
                             * @example 0
                             */
                            write_errors: number | null;
                            /**
                             * @description Checksum errors of all devices.
                             * @example 0
                             */
                            checksum_errors: number | null;
                            /**
                             * @description Data errors, as text from zpool status.
                             * @example No known data errors
                             */
                            errors: string | null;
                            /**
                             * @description The reason for each field that is null.
                             * @example {}
                             */
                            reasons: {
                                [key: string]: string;
                            };
                        }[];
                        /** @description Age of each part, and the reason for a missing part. */
                        sources: {
                            disks: {
                                /**
                                 * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                                 * @example 2025-06-01T12:00:00.000Z
                                 */
                                timestamp: string | null;
                                /**
                                 * @description The last reading failed or hangs: the values are from an earlier reading.
                                 * @example false
                                 */
                                stale: boolean;
                                /**
                                 * @description Seconds since `timestamp`.
                                 * @example 2.5
                                 */
                                age_seconds: number | null;
                                /**
                                 * @description Why values are missing or stale; null if the last reading succeeded.
                                 * @example null
                                 */
                                reason: string | null;
                            };
                            filesystems: {
                                /**
                                 * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                                 * @example 2025-06-01T12:00:00.000Z
                                 */
                                timestamp: string | null;
                                /**
                                 * @description The last reading failed or hangs: the values are from an earlier reading.
                                 * @example false
                                 */
                                stale: boolean;
                                /**
                                 * @description Seconds since `timestamp`.
                                 * @example 2.5
                                 */
                                age_seconds: number | null;
                                /**
                                 * @description Why values are missing or stale; null if the last reading succeeded.
                                 * @example null
                                 */
                                reason: string | null;
                            };
                            smart: {
                                /**
                                 * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                                 * @example 2025-06-01T12:00:00.000Z
                                 */
                                timestamp: string | null;
                                /**
                                 * @description The last reading failed or hangs: the values are from an earlier reading.
                                 * @example false
                                 */
                                stale: boolean;
                                /**
                                 * @description Seconds since `timestamp`.
                                 * @example 2.5
                                 */
                                age_seconds: number | null;
                                /**
                                 * @description Why values are missing or stale; null if the last reading succeeded.
                                 * @example null
                                 */
                                reason: string | null;
                            };
                            zfs_pools: {
                                /**
                                 * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                                 * @example 2025-06-01T12:00:00.000Z
                                 */
                                timestamp: string | null;
                                /**
                                 * @description The last reading failed or hangs: the values are from an earlier reading.
                                 * @example false
                                 */
                                stale: boolean;
                                /**
                                 * @description Seconds since `timestamp`.
                                 * @example 2.5
                                 */
                                age_seconds: number | null;
                                /**
                                 * @description Why values are missing or stale; null if the last reading succeeded.
                                 * @example null
                                 */
                                reason: string | null;
                            };
                        };
                        /**
                         * @description The reason for each field that is null.
                         * @example {}
                         */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getStorageSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "stale": false,
                     *       "age_seconds": 2.5,
                     *       "reason": null,
                     *       "total": 0.45,
                     *       "used": 120.2,
                     *       "available": 313.9,
                     *       "disk_count": 1,
                     *       "total_capacity": 466110971904,
                     *       "used_space": 129063624704,
                     *       "free_space": 337047347200,
                     *       "usage_percentage": 27.7,
                     *       "disks": [
                     *         {
                     *           "device": "/dev/sda",
                     *           "model": "Samsung SSD 870 EVO 500GB",
                     *           "size": "465.76 GB",
                     *           "type": "SSD"
                     *         }
                     *       ],
                     *       "reasons": {}
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description When the values were sampled, ISO-8601 UTC; null before the first sample.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string | null;
                        /**
                         * @description The last reading failed or hangs: the values are from an earlier reading.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2.5
                         */
                        age_seconds: number | null;
                        /**
                         * @description Why values are missing or stale; null if the last reading succeeded.
                         * @example null
                         */
                        reason: string | null;
                        /**
                         * @description Capacity of the physical disks, TiB.
                         * @example 0.45
                         */
                        total: number | null;
                        /**
                         * @description Used space of local file systems and ZFS pools, GiB.
                         * @example 120.2
                         */
                        used: number | null;
                        /**
                         * @description Available space in local file systems and ZFS pools, GiB.
                         * @example 313.9
                         */
                        available: number | null;
                        /**
                         * @description Physical disks.
                         * @example 1
                         */
                        disk_count: number | null;
                        /**
                         * @description Used and available space together, bytes.
                         * @example 466110971904
                         */
                        total_capacity: number | null;
                        /**
                         * @description Same as `used`, bytes.
                         * @example 129063624704
                         */
                        used_space: number | null;
                        /**
                         * @description Same as `available`, bytes.
                         * @example 337047347200
                         */
                        free_space: number | null;
                        /**
                         * @description Used share of used and available space, percent.
                         * @example 27.7
                         */
                        usage_percentage: number | null;
                        /** @description Physical disks. */
                        disks: {
                            /**
                             * @description Device path.
                             * @example /dev/sda
                             */
                            device: string;
                            /**
                             * @description Model.
                             * @example Samsung SSD 870 EVO 500GB
                             */
                            model: string | null;
                            /**
                             * @description Capacity as text.
                             * @example 465.76 GB
                             */
                            size: string;
                            /**
                             * @description HDD, SSD, NVMe or Virtual.
                             * @example SSD
                             */
                            type: string;
                        }[];
                        /**
                         * @description The reason for each field that is null.
                         * @example {}
                         */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listProcesses: {
        parameters: {
            query?: {
                /** @description Sort order: largest first, or ascending for `pid` and `name`. `mem` is an alias of `memory`. Defaults to `cpu`. */
                sort?: "cpu" | "memory" | "mem" | "io" | "pid" | "name";
                /** @description Number of rows; defaults to 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "processes": [
                     *         {
                     *           "pid": 812,
                     *           "ppid": 1,
                     *           "cmdline": "sshd: /usr/sbin/sshd -D",
                     *           "user": "root",
                     *           "uid": 0,
                     *           "state": "S",
                     *           "cpu": 12.5,
                     *           "mem": 0.1,
                     *           "rss": 8650752,
                     *           "rss_kb": 8448,
                     *           "threads": 1,
                     *           "start_time": "2025-06-01T06:00:12.480Z",
                     *           "read_bytes_per_second": 0,
                     *           "write_bytes_per_second": 4096,
                     *           "command": "sshd"
                     *         }
                     *       ],
                     *       "total": 214,
                     *       "sort": "cpu",
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "captured_at": 1748779200,
                     *       "stale": false,
                     *       "age_seconds": 2,
                     *       "reasons": {}
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        processes: {
                            /**
                             * @description Process id.
                             * @example 812
                             */
                            pid: number;
                            /**
                             * @description Process id of the parent; 0 for processes started by the kernel.
                             * @example 1
                             */
                            ppid: number | null;
                            /**
                             * @description Command line; the name in brackets for processes without a command line, such as kernel threads.
                             * @example sshd: /usr/sbin/sshd -D
                             */
                            cmdline: string;
                            /**
                             * @description Effective user; its id if it has no name.
                             * @example root
                             */
                            user: string | null;
                            /**
                             * @description Effective user id.
                             * @example 0
                             */
                            uid: number | null;
                            /**
                             * @description R running, S sleeping, D waiting for a disk, Z zombie, T stopped, I idle kernel thread.
                             * @example S
                             */
                            state: string;
                            /**
                             * @description Percent of one processor since the last scan, as in top: four busy threads are 400.
                             * @example 12.5
                             */
                            cpu: number | null;
                            /**
                             * @description Resident memory, percent of the host’s memory.
                             * @example 0.1
                             */
                            mem: number | null;
                            /**
                             * @description Resident memory, bytes.
                             * @example 8650752
                             */
                            rss: number | null;
                            /**
                             * @description Resident memory, KiB.
                             * @example 8448
                             */
                            rss_kb: number | null;
                            /**
                             * @description Threads.
                             * @example 1
                             */
                            threads: number | null;
                            /**
                             * @description Start time, ISO-8601 UTC.
                             * @example 2025-06-01T06:00:12.480Z
                             */
                            start_time: string | null;
                            /**
                             * @description Bytes per second read from disks for this process since the last scan.
                             * @example 0
                             */
                            read_bytes_per_second: number | null;
                            /**
                             * @description Bytes per second written to disks for this process since the last scan.
                             * @example 4096
                             */
                            write_bytes_per_second: number | null;
                            /**
                             * @description Name, at most 15 bytes.
                             * @example sshd
                             */
                            command: string;
                        }[];
                        /**
                         * @description Number of processes on the host.
                         * @example 214
                         */
                        total: number | null;
                        /**
                         * @description Sort order of this answer.
                         * @example cpu
                         */
                        sort: string;
                        /**
                         * @description When the values were read, ISO-8601 UTC.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string;
                        /**
                         * @description The same time in seconds since the epoch.
                         * @example 1748779200
                         */
                        captured_at: number;
                        /**
                         * @description The last scan failed or hangs: the values are from an earlier scan.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description Seconds since `timestamp`.
                         * @example 2
                         */
                        age_seconds: number | null;
                        /**
                         * @description The reason for each field that is null in any row.
                         * @example {}
                         */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getProcess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A process id, 1 to 4194304.
                 * @example 812
                 */
                pid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "pid": 812,
                     *       "ppid": 1,
                     *       "cmdline": "sshd: /usr/sbin/sshd -D",
                     *       "user": "root",
                     *       "uid": 0,
                     *       "state": "S",
                     *       "cpu": 12.5,
                     *       "mem": 0.1,
                     *       "rss": 8650752,
                     *       "rss_kb": 8448,
                     *       "threads": 1,
                     *       "start_time": "2025-06-01T06:00:12.480Z",
                     *       "read_bytes_per_second": 0,
                     *       "write_bytes_per_second": 4096,
                     *       "comm": "sshd",
                     *       "group": "root",
                     *       "gid": 0,
                     *       "exe": "/usr/sbin/sshd",
                     *       "cwd": "/",
                     *       "parent_name": "systemd",
                     *       "nice": 0,
                     *       "elapsed": "5:59:48",
                     *       "vm_rss_kb": 8448,
                     *       "vm_size_kb": 15440,
                     *       "vm_swap_kb": 0,
                     *       "pss": 2437120,
                     *       "io_read_bytes": 1220608,
                     *       "io_write_bytes": 40960,
                     *       "fd_count": 4,
                     *       "cgroup": "/system.slice/ssh.service",
                     *       "oom_score": 0,
                     *       "oom_score_adj": -1000,
                     *       "voluntary_switches": 1201,
                     *       "involuntary_switches": 14,
                     *       "limits": [
                     *         {
                     *           "name": "Max open files",
                     *           "soft": 1024,
                     *           "hard": 524288,
                     *           "units": "files"
                     *         }
                     *       ],
                     *       "children": [
                     *         {
                     *           "pid": 3120,
                     *           "command": "sshd"
                     *         }
                     *       ],
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "captured_at": 1748779200,
                     *       "stale": false,
                     *       "reasons": {}
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Process id.
                         * @example 812
                         */
                        pid: number;
                        /**
                         * @description Process id of the parent; 0 for processes started by the kernel.
                         * @example 1
                         */
                        ppid: number | null;
                        /**
                         * @description Command line; the name in brackets for processes without a command line, such as kernel threads.
                         * @example sshd: /usr/sbin/sshd -D
                         */
                        cmdline: string;
                        /**
                         * @description Effective user; its id if it has no name.
                         * @example root
                         */
                        user: string | null;
                        /**
                         * @description Effective user id.
                         * @example 0
                         */
                        uid: number | null;
                        /**
                         * @description R running, S sleeping, D waiting for a disk, Z zombie, T stopped, I idle kernel thread.
                         * @example S
                         */
                        state: string;
                        /**
                         * @description Percent of one processor since the last scan, as in top: four busy threads are 400.
                         * @example 12.5
                         */
                        cpu: number | null;
                        /**
                         * @description Resident memory, percent of the host’s memory.
                         * @example 0.1
                         */
                        mem: number | null;
                        /**
                         * @description Resident memory, bytes.
                         * @example 8650752
                         */
                        rss: number | null;
                        /**
                         * @description Resident memory, KiB.
                         * @example 8448
                         */
                        rss_kb: number | null;
                        /**
                         * @description Threads.
                         * @example 1
                         */
                        threads: number | null;
                        /**
                         * @description Start time, ISO-8601 UTC.
                         * @example 2025-06-01T06:00:12.480Z
                         */
                        start_time: string | null;
                        /**
                         * @description Bytes per second read from disks for this process since the last scan.
                         * @example 0
                         */
                        read_bytes_per_second: number | null;
                        /**
                         * @description Bytes per second written to disks for this process since the last scan.
                         * @example 4096
                         */
                        write_bytes_per_second: number | null;
                        /**
                         * @description Name, at most 15 bytes.
                         * @example sshd
                         */
                        comm: string;
                        /**
                         * @description Effective group.
                         * @example root
                         */
                        group: string | null;
                        /**
                         * @description Effective group id.
                         * @example 0
                         */
                        gid: number | null;
                        /**
                         * @description Path of the executable.
                         * @example /usr/sbin/sshd
                         */
                        exe: string | null;
                        /**
                         * @description Working directory.
                         * @example /
                         */
                        cwd: string | null;
                        /**
                         * @description Name of the parent process.
                         * @example systemd
                         */
                        parent_name: string | null;
                        /**
                         * @description Nice value, from -20 (highest priority) to 19.
                         * @example 0
                         */
                        nice: number | null;
                        /**
                         * @description Time since its start.
                         * @example 5:59:48
                         */
                        elapsed: string | null;
                        /**
                         * @description Resident memory, KiB.
                         * @example 8448
                         */
                        vm_rss_kb: number | null;
                        /**
                         * @description Address space, KiB.
                         * @example 15440
                         */
                        vm_size_kb: number | null;
                        /**
                         * @description Swapped out, KiB.
                         * @example 0
                         */
                        vm_swap_kb: number | null;
                        /**
                         * @description Proportional set size, bytes: shared pages are divided among their processes.
                         * @example 2437120
                         */
                        pss: number | null;
                        /**
                         * @description Bytes read from disks for this process since its start.
                         * @example 1220608
                         */
                        io_read_bytes: number | null;
                        /**
                         * @description Bytes written to disks for this process since its start.
                         * @example 40960
                         */
                        io_write_bytes: number | null;
                        /**
                         * @description Open file descriptors.
                         * @example 4
                         */
                        fd_count: number | null;
                        /**
                         * @description Control group.
                         * @example /system.slice/ssh.service
                         */
                        cgroup: string | null;
                        /**
                         * @description OOM score: processes with a higher score are killed first when memory runs out.
                         * @example 0
                         */
                        oom_score: number | null;
                        /**
                         * @description Adjustment of the OOM score.
                         * @example -1000
                         */
                        oom_score_adj: number | null;
                        /**
                         * @description Voluntary context switches.
                         * @example 1201
                         */
                        voluntary_switches: number | null;
                        /**
                         * @description Involuntary context switches.
                         * @example 14
                         */
                        involuntary_switches: number | null;
                        limits: {
                            /**
                             * @description Name of the limit in the kernel.
                             * @example Max open files
                             */
                            name: string;
                            /**
                             * @description Soft limit; null if unlimited.
                             * @example 1024
                             */
                            soft: number | null;
                            /**
                             * @description Hard limit; null if unlimited.
                             * @example 524288
                             */
                            hard: number | null;
                            /**
                             * @description Unit; null for a plain number.
                             * @example files
                             */
                            units: string | null;
                        }[];
                        /** @description Child processes, at most 100. */
                        children: {
                            /**
                             * @description Process id.
                             * @example 3120
                             */
                            pid: number;
                            /**
                             * @description Name.
                             * @example sshd
                             */
                            command: string;
                        }[];
                        /**
                         * @description When the values were read, ISO-8601 UTC.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string;
                        /**
                         * @description The same time in seconds since the epoch.
                         * @example 1748779200
                         */
                        captured_at: number;
                        /**
                         * @description The last scan failed or hangs: the values are from an earlier scan.
                         * @example false
                         */
                        stale: boolean;
                        /**
                         * @description The reason for each field that is null in any row.
                         * @example {}
                         */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listLogs: {
        parameters: {
            query?: {
                /** @description Only older entries: the `next` of an answer, or a time (ISO-8601). */
                before?: string;
                /** @description Only entries since this time (ISO-8601). */
                since?: string;
                /** @description Only entries up to this time (ISO-8601). */
                until?: string;
                /** @description Only entries of the last days. */
                since_days?: number;
                /** @description Only entries of this priority or above: 0 to 7, or `emergency` to `debug`. */
                priority?: string;
                /** @description Only entries of this systemd unit; `.service` is added to a name without a suffix. */
                unit?: string;
                /** @description Alias of `unit`. */
                service?: string;
                /** @description Only entries of this syslog identifier. */
                identifier?: string;
                /** @description Only entries with this text in message, identifier or unit, case-insensitive. */
                search?: string;
                /** @description Only entries since the host was started. */
                boot?: "current";
                /** @description Defaults to 100; values above 1000 count as 1000. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "logs": [
                     *         {
                     *           "timestamp": "2025-06-01T11:59:58.204Z",
                     *           "level": "warning",
                     *           "priority": 4,
                     *           "service": "ssh.service",
                     *           "unit": "ssh.service",
                     *           "identifier": "sshd",
                     *           "message": "Connection closed by 192.0.2.7 port 40022",
                     *           "source": "journal",
                     *           "pid": "812",
                     *           "hostname": "pve1"
                     *         }
                     *       ],
                     *       "total": 1,
                     *       "source": "journal",
                     *       "next": "j-3a31559fd3d540cbae3c12c66314379b-7cf-60a248f354f80",
                     *       "complete": true,
                     *       "reason": "reading took too long; `next` continues the search"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Entries, newest first. */
                        logs: {
                            /**
                             * @description Time of the entry, ISO-8601 UTC.
                             * @example 2025-06-01T11:59:58.204Z
                             */
                            timestamp: string;
                            /**
                             * @description `emergency` to `debug`; null if the source has no priorities.
                             * @example warning
                             */
                            level: string | null;
                            /**
                             * @description The level as a number, 0 to 7.
                             * @example 4
                             */
                            priority: number | null;
                            /**
                             * @description The unit, else the identifier, else `system`.
                             * @example ssh.service
                             */
                            service: string;
                            /**
                             * @description systemd unit.
                             * @example ssh.service
                             */
                            unit: string | null;
                            /**
                             * @description Syslog identifier, else the program’s name.
                             * @example sshd
                             */
                            identifier: string | null;
                            /**
                             * @description At most 64 KiB; the text `(too long to be shown)` for a longer message that cannot be read.
                             * @example Connection closed by 192.0.2.7 port 40022
                             */
                            message: string;
                            /**
                             * @description `journal`, or the path of the log file.
                             * @example journal
                             */
                            source: string;
                            /**
                             * @description Process id.
                             * @example 812
                             */
                            pid: string | null;
                            /**
                             * @description Host name.
                             * @example pve1
                             */
                            hostname: string | null;
                        }[];
                        /**
                         * @description Number of entries in this answer.
                         * @example 1
                         */
                        total: number;
                        /**
                         * @description `journal`, or the log file if there is no journal; null if there is no log.
                         * @example journal
                         */
                        source: string | null;
                        /**
                         * @description Value of `before` for the next page; null on the last page.
                         * @example j-3a31559fd3d540cbae3c12c66314379b-7cf-60a248f354f80
                         */
                        next: string | null;
                        /**
                         * @description False if the search hit its time or size limit: there may be more entries; `next` continues the search.
                         * @example true
                         */
                        complete: boolean;
                        /**
                         * @description Why entries are missing.
                         * @example reading took too long; `next` continues the search
                         */
                        reason: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    downloadLogs: {
        parameters: {
            query?: {
                /** @description Only older entries: the `next` of an answer, or a time (ISO-8601). */
                before?: string;
                /** @description Only entries since this time (ISO-8601). */
                since?: string;
                /** @description Only entries up to this time (ISO-8601). */
                until?: string;
                /** @description Only entries of the last days. */
                since_days?: number;
                /** @description Only entries of this priority or above: 0 to 7, or `emergency` to `debug`. */
                priority?: string;
                /** @description Only entries of this systemd unit; `.service` is added to a name without a suffix. */
                unit?: string;
                /** @description Alias of `unit`. */
                service?: string;
                /** @description Only entries of this syslog identifier. */
                identifier?: string;
                /** @description Only entries with this text in message, identifier or unit, case-insensitive. */
                search?: string;
                /** @description Only entries since the host was started. */
                boot?: "current";
                /** @description Defaults to 10,000. */
                limit?: number;
                /** @description Plain text, or one JSON object per line; defaults to `text`. */
                format?: "text" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries as a file. If it is truncated, the last line says so. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "status": "healthy",
                     *       "summary": "All systems operational",
                     *       "counts": {
                     *         "healthy": 9,
                     *         "warning": 1,
                     *         "critical": 0,
                     *         "acknowledged": 0
                     *       },
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "categories": {
                     *         "cpu": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "memory": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "swap": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "temperature": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "filesystems": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "disks": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "network": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "services": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "time": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "updates": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "certificate": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "fail2ban": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "audit_log": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "recordings": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         },
                     *         "daemon": {
                     *           "status": "healthy",
                     *           "reason": null,
                     *           "checks": 1,
                     *           "acknowledged": 0
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description The worst status of all checks. Features this host lacks are not checked; a value that cannot be read is a warning.
                         * @example healthy
                         * @enum {string}
                         */
                        status: "healthy" | "warning" | "critical";
                        /**
                         * @description Summary of the problems.
                         * @example All systems operational
                         */
                        summary: string;
                        counts: {
                            /**
                             * @description Checks without a problem.
                             * @example 9
                             */
                            healthy: number;
                            /**
                             * @description Warnings that are not acknowledged.
                             * @example 1
                             */
                            warning: number;
                            /**
                             * @description Critical problems that are not acknowledged.
                             * @example 0
                             */
                            critical: number;
                            /**
                             * @description Acknowledged problems; not included in `warning` and `critical`.
                             * @example 0
                             */
                            acknowledged: number;
                        };
                        /**
                         * @description When the checks ran, ISO-8601 UTC.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string;
                        /**
                         * @example {
                         *       "cpu": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "memory": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "swap": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "temperature": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "filesystems": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "disks": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "network": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "services": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "time": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "updates": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "certificate": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "fail2ban": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "audit_log": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "recordings": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       },
                         *       "daemon": {
                         *         "status": "healthy",
                         *         "reason": null,
                         *         "checks": 1,
                         *         "acknowledged": 0
                         *       }
                         *     }
                         */
                        categories: {
                            cpu: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            memory: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            swap: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            temperature: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            filesystems: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            disks: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            network: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            services: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            time: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            updates: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            certificate: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            fail2ban: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            audit_log: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            recordings: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                            daemon: {
                                /**
                                 * @description The worst status of its checks, without acknowledged problems; null without checks.
                                 * @enum {string|null}
                                 */
                                status: "healthy" | "warning" | "critical" | null;
                                /** @description Why `status` is null. */
                                reason: string | null;
                                checks: number;
                                /** @description Acknowledged problems. */
                                acknowledged: number;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getFullHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "status": "healthy",
                     *       "summary": "All systems operational",
                     *       "counts": {
                     *         "healthy": 9,
                     *         "warning": 1,
                     *         "critical": 0,
                     *         "acknowledged": 0
                     *       },
                     *       "timestamp": "2025-06-01T12:00:00.000Z",
                     *       "checks": [
                     *         {
                     *           "check": "filesystem:/",
                     *           "category": "filesystems",
                     *           "status": "warning",
                     *           "message": "Disk usage of / high: 87.5 %",
                     *           "value": 87.5,
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "since": "2025-06-01T11:20:00.000Z",
                     *           "acknowledged_until": null,
                     *           "acknowledged_by": null,
                     *           "acknowledged_reason": null
                     *         }
                     *       ],
                     *       "thresholds": {
                     *         "cpu": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "iowait": {
                     *           "unit": "%",
                     *           "warning": 40,
                     *           "critical": 70,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 40,
                     *           "default_critical": 70
                     *         },
                     *         "memory": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "swap": {
                     *           "unit": "%",
                     *           "warning": 50,
                     *           "critical": 80,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 50,
                     *           "default_critical": 80
                     *         },
                     *         "temperature": {
                     *           "unit": "°C",
                     *           "warning": 80,
                     *           "critical": 90,
                     *           "minimum": 20,
                     *           "maximum": 120,
                     *           "default_warning": 80,
                     *           "default_critical": 90
                     *         },
                     *         "filesystem": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "disk_temperature": {
                     *           "unit": "°C",
                     *           "warning": 60,
                     *           "critical": 70,
                     *           "minimum": 20,
                     *           "maximum": 120,
                     *           "default_warning": 60,
                     *           "default_critical": 70
                     *         },
                     *         "network_errors": {
                     *           "unit": "errors/s",
                     *           "warning": 10,
                     *           "critical": 100,
                     *           "minimum": 1,
                     *           "maximum": 1000000,
                     *           "default_warning": 10,
                     *           "default_critical": 100
                     *         },
                     *         "certificate": {
                     *           "unit": "days",
                     *           "warning": 7,
                     *           "critical": 1,
                     *           "minimum": 0,
                     *           "maximum": 365,
                     *           "default_warning": 7,
                     *           "default_critical": 1
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description The worst status of all checks. Features this host lacks are not checked; a value that cannot be read is a warning.
                         * @example healthy
                         * @enum {string}
                         */
                        status: "healthy" | "warning" | "critical";
                        /**
                         * @description Summary of the problems.
                         * @example All systems operational
                         */
                        summary: string;
                        counts: {
                            /**
                             * @description Checks without a problem.
                             * @example 9
                             */
                            healthy: number;
                            /**
                             * @description Warnings that are not acknowledged.
                             * @example 1
                             */
                            warning: number;
                            /**
                             * @description Critical problems that are not acknowledged.
                             * @example 0
                             */
                            critical: number;
                            /**
                             * @description Acknowledged problems; not included in `warning` and `critical`.
                             * @example 0
                             */
                            acknowledged: number;
                        };
                        /**
                         * @description When the checks ran, ISO-8601 UTC.
                         * @example 2025-06-01T12:00:00.000Z
                         */
                        timestamp: string;
                        /**
                         * @description Problems first, the worst at the top.
                         * @example [
                         *       {
                         *         "check": "filesystem:/",
                         *         "category": "filesystems",
                         *         "status": "warning",
                         *         "message": "Disk usage of / high: 87.5 %",
                         *         "value": 87.5,
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "since": "2025-06-01T11:20:00.000Z",
                         *         "acknowledged_until": null,
                         *         "acknowledged_by": null,
                         *         "acknowledged_reason": null
                         *       }
                         *     ]
                         */
                        checks: {
                            /**
                             * @description Value of `check` in GET /api/health/full.
                             * @example filesystem:/
                             */
                            check: string;
                            /**
                             * @example filesystems
                             * @enum {string}
                             */
                            category: "cpu" | "memory" | "swap" | "temperature" | "filesystems" | "disks" | "network" | "services" | "time" | "updates" | "certificate" | "fail2ban" | "audit_log" | "recordings" | "daemon";
                            /**
                             * @description The worst status of all checks. Features this host lacks are not checked; a value that cannot be read is a warning.
                             * @example healthy
                             * @enum {string}
                             */
                            status: "healthy" | "warning" | "critical";
                            /** @example Disk usage of / high: 87.5 % */
                            message: string;
                            /**
                             * @description Measured value; null if the check has no number or the value cannot be read.
                             * @example 87.5
                             */
                            value: number | null;
                            /** @example % */
                            unit: string | null;
                            /**
                             * @description Threshold; null for checks without thresholds.
                             * @example 85
                             */
                            warning: number | null;
                            /**
                             * @description Threshold; null for checks without thresholds.
                             * @example 95
                             */
                            critical: number | null;
                            /** @description When the status last changed, at the earliest the start of the daemon; ISO-8601 UTC. */
                            since: string;
                            /** @description Until then the problem is ignored, unless it gets worse. */
                            acknowledged_until: string | null;
                            acknowledged_by: string | null;
                            acknowledged_reason: string | null;
                        }[];
                        /**
                         * @example {
                         *       "cpu": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "iowait": {
                         *         "unit": "%",
                         *         "warning": 40,
                         *         "critical": 70,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 40,
                         *         "default_critical": 70
                         *       },
                         *       "memory": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "swap": {
                         *         "unit": "%",
                         *         "warning": 50,
                         *         "critical": 80,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 50,
                         *         "default_critical": 80
                         *       },
                         *       "temperature": {
                         *         "unit": "°C",
                         *         "warning": 80,
                         *         "critical": 90,
                         *         "minimum": 20,
                         *         "maximum": 120,
                         *         "default_warning": 80,
                         *         "default_critical": 90
                         *       },
                         *       "filesystem": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "disk_temperature": {
                         *         "unit": "°C",
                         *         "warning": 60,
                         *         "critical": 70,
                         *         "minimum": 20,
                         *         "maximum": 120,
                         *         "default_warning": 60,
                         *         "default_critical": 70
                         *       },
                         *       "network_errors": {
                         *         "unit": "errors/s",
                         *         "warning": 10,
                         *         "critical": 100,
                         *         "minimum": 1,
                         *         "maximum": 1000000,
                         *         "default_warning": 10,
                         *         "default_critical": 100
                         *       },
                         *       "certificate": {
                         *         "unit": "days",
                         *         "warning": 7,
                         *         "critical": 1,
                         *         "minimum": 0,
                         *         "maximum": 365,
                         *         "default_warning": 7,
                         *         "default_critical": 1
                         *       }
                         *     }
                         */
                        thresholds: {
                            cpu: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            iowait: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            memory: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            swap: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            temperature: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            filesystem: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            disk_temperature: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            network_errors: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            certificate: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resetThresholds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "thresholds": {
                     *         "cpu": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "iowait": {
                     *           "unit": "%",
                     *           "warning": 40,
                     *           "critical": 70,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 40,
                     *           "default_critical": 70
                     *         },
                     *         "memory": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "swap": {
                     *           "unit": "%",
                     *           "warning": 50,
                     *           "critical": 80,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 50,
                     *           "default_critical": 80
                     *         },
                     *         "temperature": {
                     *           "unit": "°C",
                     *           "warning": 80,
                     *           "critical": 90,
                     *           "minimum": 20,
                     *           "maximum": 120,
                     *           "default_warning": 80,
                     *           "default_critical": 90
                     *         },
                     *         "filesystem": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "disk_temperature": {
                     *           "unit": "°C",
                     *           "warning": 60,
                     *           "critical": 70,
                     *           "minimum": 20,
                     *           "maximum": 120,
                     *           "default_warning": 60,
                     *           "default_critical": 70
                     *         },
                     *         "network_errors": {
                     *           "unit": "errors/s",
                     *           "warning": 10,
                     *           "critical": 100,
                     *           "minimum": 1,
                     *           "maximum": 1000000,
                     *           "default_warning": 10,
                     *           "default_critical": 100
                     *         },
                     *         "certificate": {
                     *           "unit": "days",
                     *           "warning": 7,
                     *           "critical": 1,
                     *           "minimum": 0,
                     *           "maximum": 365,
                     *           "default_warning": 7,
                     *           "default_critical": 1
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @example {
                         *       "cpu": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "iowait": {
                         *         "unit": "%",
                         *         "warning": 40,
                         *         "critical": 70,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 40,
                         *         "default_critical": 70
                         *       },
                         *       "memory": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "swap": {
                         *         "unit": "%",
                         *         "warning": 50,
                         *         "critical": 80,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 50,
                         *         "default_critical": 80
                         *       },
                         *       "temperature": {
                         *         "unit": "°C",
                         *         "warning": 80,
                         *         "critical": 90,
                         *         "minimum": 20,
                         *         "maximum": 120,
                         *         "default_warning": 80,
                         *         "default_critical": 90
                         *       },
                         *       "filesystem": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "disk_temperature": {
                         *         "unit": "°C",
                         *         "warning": 60,
                         *         "critical": 70,
                         *         "minimum": 20,
                         *         "maximum": 120,
                         *         "default_warning": 60,
                         *         "default_critical": 70
                         *       },
                         *       "network_errors": {
                         *         "unit": "errors/s",
                         *         "warning": 10,
                         *         "critical": 100,
                         *         "minimum": 1,
                         *         "maximum": 1000000,
                         *         "default_warning": 10,
                         *         "default_critical": 100
                         *       },
                         *       "certificate": {
                         *         "unit": "days",
                         *         "warning": 7,
                         *         "critical": 1,
                         *         "minimum": 0,
                         *         "maximum": 365,
                         *         "default_warning": 7,
                         *         "default_critical": 1
                         *       }
                         *     }
                         */
                        thresholds: {
                            cpu: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            iowait: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            memory: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            swap: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            temperature: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            filesystem: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            disk_temperature: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            network_errors: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            certificate: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    changeThresholds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @example {
                     *       "warning": 85
                     *     }
                     */
                    cpu?: {
                        /** @example 85 */
                        warning?: number;
                        /** @example 95 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 40
                     *     }
                     */
                    iowait?: {
                        /** @example 40 */
                        warning?: number;
                        /** @example 70 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 85
                     *     }
                     */
                    memory?: {
                        /** @example 85 */
                        warning?: number;
                        /** @example 95 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 50
                     *     }
                     */
                    swap?: {
                        /** @example 50 */
                        warning?: number;
                        /** @example 80 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 80
                     *     }
                     */
                    temperature?: {
                        /** @example 80 */
                        warning?: number;
                        /** @example 90 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 85
                     *     }
                     */
                    filesystem?: {
                        /** @example 85 */
                        warning?: number;
                        /** @example 95 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 60
                     *     }
                     */
                    disk_temperature?: {
                        /** @example 60 */
                        warning?: number;
                        /** @example 70 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 10
                     *     }
                     */
                    network_errors?: {
                        /** @example 10 */
                        warning?: number;
                        /** @example 100 */
                        critical?: number;
                    } | null;
                    /**
                     * @example {
                     *       "warning": 7
                     *     }
                     */
                    certificate?: {
                        /** @example 7 */
                        warning?: number;
                        /** @example 1 */
                        critical?: number;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "thresholds": {
                     *         "cpu": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "iowait": {
                     *           "unit": "%",
                     *           "warning": 40,
                     *           "critical": 70,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 40,
                     *           "default_critical": 70
                     *         },
                     *         "memory": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "swap": {
                     *           "unit": "%",
                     *           "warning": 50,
                     *           "critical": 80,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 50,
                     *           "default_critical": 80
                     *         },
                     *         "temperature": {
                     *           "unit": "°C",
                     *           "warning": 80,
                     *           "critical": 90,
                     *           "minimum": 20,
                     *           "maximum": 120,
                     *           "default_warning": 80,
                     *           "default_critical": 90
                     *         },
                     *         "filesystem": {
                     *           "unit": "%",
                     *           "warning": 85,
                     *           "critical": 95,
                     *           "minimum": 1,
                     *           "maximum": 100,
                     *           "default_warning": 85,
                     *           "default_critical": 95
                     *         },
                     *         "disk_temperature": {
                     *           "unit": "°C",
                     *           "warning": 60,
                     *           "critical": 70,
                     *           "minimum": 20,
                     *           "maximum": 120,
                     *           "default_warning": 60,
                     *           "default_critical": 70
                     *         },
                     *         "network_errors": {
                     *           "unit": "errors/s",
                     *           "warning": 10,
                     *           "critical": 100,
                     *           "minimum": 1,
                     *           "maximum": 1000000,
                     *           "default_warning": 10,
                     *           "default_critical": 100
                     *         },
                     *         "certificate": {
                     *           "unit": "days",
                     *           "warning": 7,
                     *           "critical": 1,
                     *           "minimum": 0,
                     *           "maximum": 365,
                     *           "default_warning": 7,
                     *           "default_critical": 1
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @example {
                         *       "cpu": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "iowait": {
                         *         "unit": "%",
                         *         "warning": 40,
                         *         "critical": 70,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 40,
                         *         "default_critical": 70
                         *       },
                         *       "memory": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "swap": {
                         *         "unit": "%",
                         *         "warning": 50,
                         *         "critical": 80,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 50,
                         *         "default_critical": 80
                         *       },
                         *       "temperature": {
                         *         "unit": "°C",
                         *         "warning": 80,
                         *         "critical": 90,
                         *         "minimum": 20,
                         *         "maximum": 120,
                         *         "default_warning": 80,
                         *         "default_critical": 90
                         *       },
                         *       "filesystem": {
                         *         "unit": "%",
                         *         "warning": 85,
                         *         "critical": 95,
                         *         "minimum": 1,
                         *         "maximum": 100,
                         *         "default_warning": 85,
                         *         "default_critical": 95
                         *       },
                         *       "disk_temperature": {
                         *         "unit": "°C",
                         *         "warning": 60,
                         *         "critical": 70,
                         *         "minimum": 20,
                         *         "maximum": 120,
                         *         "default_warning": 60,
                         *         "default_critical": 70
                         *       },
                         *       "network_errors": {
                         *         "unit": "errors/s",
                         *         "warning": 10,
                         *         "critical": 100,
                         *         "minimum": 1,
                         *         "maximum": 1000000,
                         *         "default_warning": 10,
                         *         "default_critical": 100
                         *       },
                         *       "certificate": {
                         *         "unit": "days",
                         *         "warning": 7,
                         *         "critical": 1,
                         *         "minimum": 0,
                         *         "maximum": 365,
                         *         "default_warning": 7,
                         *         "default_critical": 1
                         *       }
                         *     }
                         */
                        thresholds: {
                            cpu: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            iowait: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            memory: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            swap: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            temperature: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            filesystem: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            disk_temperature: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            network_errors: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                            certificate: {
                                unit: string;
                                warning: number;
                                critical: number;
                                default_warning: number;
                                default_critical: number;
                                minimum: number;
                                maximum: number;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    acknowledgeHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Value of `check` in GET /api/health/full.
                     * @example filesystem:/
                     */
                    check: string;
                    /**
                     * @description Seconds.
                     * @example 86400
                     */
                    duration: number;
                    /**
                     * @description Why the problem can be ignored, as text.
                     * @example the new disk comes on Friday
                     */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    unacknowledgeHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Value of `check` in GET /api/health/full.
                     * @example filesystem:/
                     */
                    check: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getNodeMetrics: {
        parameters: {
            query?: {
                /**
                 * @description Length of the time range, ending now.
                 * @example day
                 */
                timeframe?: "hour" | "day" | "week" | "month" | "year";
                /**
                 * @description Only these series, separated by commas; defaults to all.
                 * @example cpu,memused
                 */
                series?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "node": "pve1",
                     *       "timeframe": "day",
                     *       "resolution_seconds": 120,
                     *       "data": [
                     *         {
                     *           "time": 1748779200,
                     *           "cpu": 0.1241,
                     *           "cpu_max": 0.1241,
                     *           "cpuuser": 0.0812,
                     *           "cpusystem": 0.0317,
                     *           "iowait": 0.0046,
                     *           "loadavg": 0.42,
                     *           "loadavg5": 0.38,
                     *           "loadavg15": 0.31,
                     *           "memtotal": 33501757440,
                     *           "memused": 15343804416,
                     *           "memcached": 10597683200,
                     *           "swaptotal": 8589930496,
                     *           "swapused": 104857600,
                     *           "temperature": 47.5,
                     *           "temperature_max": 47.5,
                     *           "netin": 125000,
                     *           "netin_max": 125000,
                     *           "netout": 48000,
                     *           "netout_max": 48000,
                     *           "diskread": 4096,
                     *           "diskread_max": 4096,
                     *           "diskwrite": 262144,
                     *           "diskwrite_max": 262144
                     *         }
                     *       ],
                     *       "reasons": {
                     *         "temperature": "no data in this time range"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Host name without its domain.
                         * @example pve1
                         */
                        node: string;
                        /**
                         * @description Length of the time range, ending now.
                         * @example day
                         * @enum {string}
                         */
                        timeframe: "hour" | "day" | "week" | "month" | "year";
                        /**
                         * @description Seconds from one point to the next.
                         * @example 120
                         */
                        resolution_seconds: number;
                        /**
                         * @description One point per step, oldest first, starting with the first measured step. Values are means over the step; null if the daemon was not running or the value could not be read.
                         * @example [
                         *       {
                         *         "time": 1748779200,
                         *         "cpu": 0.1241,
                         *         "cpu_max": 0.1241,
                         *         "cpuuser": 0.0812,
                         *         "cpusystem": 0.0317,
                         *         "iowait": 0.0046,
                         *         "loadavg": 0.42,
                         *         "loadavg5": 0.38,
                         *         "loadavg15": 0.31,
                         *         "memtotal": 33501757440,
                         *         "memused": 15343804416,
                         *         "memcached": 10597683200,
                         *         "swaptotal": 8589930496,
                         *         "swapused": 104857600,
                         *         "temperature": 47.5,
                         *         "temperature_max": 47.5,
                         *         "netin": 125000,
                         *         "netin_max": 125000,
                         *         "netout": 48000,
                         *         "netout_max": 48000,
                         *         "diskread": 4096,
                         *         "diskread_max": 4096,
                         *         "diskwrite": 262144,
                         *         "diskwrite_max": 262144
                         *       }
                         *     ]
                         */
                        data: {
                            /**
                             * @description Start of the step, seconds since the epoch.
                             * @example 1748779200
                             */
                            time: number;
                            /**
                             * @description CPU time in use, 0 to 1.
                             * @example 0.1241
                             */
                            cpu?: number | null;
                            /**
                             * @description Maximum of cpu within the step.
                             * @example 0.1241
                             */
                            cpu_max?: number | null;
                            /**
                             * @description CPU time in programs, 0 to 1.
                             * @example 0.0812
                             */
                            cpuuser?: number | null;
                            /**
                             * @description CPU time in the kernel, 0 to 1.
                             * @example 0.0317
                             */
                            cpusystem?: number | null;
                            /**
                             * @description CPU time waiting for disks, 0 to 1.
                             * @example 0.0046
                             */
                            iowait?: number | null;
                            /**
                             * @description Load average over 1 minute.
                             * @example 0.42
                             */
                            loadavg?: number | null;
                            /**
                             * @description Load average over 5 minutes.
                             * @example 0.38
                             */
                            loadavg5?: number | null;
                            /**
                             * @description Load average over 15 minutes.
                             * @example 0.31
                             */
                            loadavg15?: number | null;
                            /**
                             * @description Total memory, bytes.
                             * @example 33501757440
                             */
                            memtotal?: number | null;
                            /**
                             * @description Memory in use, bytes.
                             * @example 15343804416
                             */
                            memused?: number | null;
                            /**
                             * @description Page cache, buffers and reclaimable slab, bytes.
                             * @example 10597683200
                             */
                            memcached?: number | null;
                            /**
                             * @description Swap, bytes.
                             * @example 8589930496
                             */
                            swaptotal?: number | null;
                            /**
                             * @description Swap in use, bytes.
                             * @example 104857600
                             */
                            swapused?: number | null;
                            /**
                             * @description CPU temperature, °C.
                             * @example 47.5
                             */
                            temperature?: number | null;
                            /**
                             * @description Maximum of temperature within the step.
                             * @example 47.5
                             */
                            temperature_max?: number | null;
                            /**
                             * @description Received over the network, bytes per second.
                             * @example 125000
                             */
                            netin?: number | null;
                            /**
                             * @description Maximum of netin within the step.
                             * @example 125000
                             */
                            netin_max?: number | null;
                            /**
                             * @description Sent over the network, bytes per second.
                             * @example 48000
                             */
                            netout?: number | null;
                            /**
                             * @description Maximum of netout within the step.
                             * @example 48000
                             */
                            netout_max?: number | null;
                            /**
                             * @description Read from disks, bytes per second.
                             * @example 4096
                             */
                            diskread?: number | null;
                            /**
                             * @description Maximum of diskread within the step.
                             * @example 4096
                             */
                            diskread_max?: number | null;
                            /**
                             * @description Written to disks, bytes per second.
                             * @example 262144
                             */
                            diskwrite?: number | null;
                            /**
                             * @description Maximum of diskwrite within the step.
                             * @example 262144
                             */
                            diskwrite_max?: number | null;
                        }[];
                        /**
                         * @description The reason for each series without any value in this time range.
                         * @example {
                         *       "temperature": "no data in this time range"
                         *     }
                         */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Prometheus text format, or OpenMetrics if the `Accept` header asks for it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # HELP proxmox_cpu_usage CPU usage percentage
                     *     # TYPE proxmox_cpu_usage gauge
                     *     proxmox_cpu_usage{node="pve1"} 12.4
                     */
                    "text/plain": string;
                    /**
                     * @example # HELP proxmox_cpu_usage CPU usage percentage
                     *     # TYPE proxmox_cpu_usage gauge
                     *     proxmox_cpu_usage{node="pve1"} 12.4
                     */
                    "application/openmetrics-text": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getConnectionTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "ticket": "3q2-7w…",
                     *       "ttl_seconds": 5
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Valid for one handshake: as the subprotocol `ticket.<value>`, or as the query parameter `ticket`. */
                        ticket: string;
                        ttl_seconds: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTerminalTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "ticket": "3q2-7w…",
                     *       "ttl_seconds": 5
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Valid for one handshake: as the subprotocol `ticket.<value>`, or as the query parameter `ticket`. */
                        ticket: string;
                        ttl_seconds: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listTerminals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "sessions": [
                     *         {
                     *           "id": "dGVybWluYWwx",
                     *           "user": "admin",
                     *           "own": true,
                     *           "target": "shell",
                     *           "created_at": "2026-04-24T14:32:11.000Z",
                     *           "last_input_at": "2026-04-24T15:02:40.000Z",
                     *           "cols": 120,
                     *           "rows": 40,
                     *           "attached": true,
                     *           "watchers": 0,
                     *           "address": "192.0.2.10"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        sessions: {
                            id: string;
                            /** @description The terminal’s user; null on a host without a password. */
                            user: string | null;
                            own: boolean;
                            /** @description `shell`, or `lxc:<vmid>`. */
                            target: string;
                            /**
                             * @description When the terminal was opened.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            created_at: string;
                            /**
                             * @description When input last arrived.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            last_input_at: string;
                            cols: number;
                            rows: number;
                            /** @description True while a client is connected; otherwise the terminal waits to be resumed. */
                            attached: boolean;
                            watchers: number;
                            /** @description The client address that uses it, or used it last. */
                            address: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endTerminal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "done"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getLiveTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "ticket": "3q2-7w…",
                     *       "ttl_seconds": 5
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in a 2xx answer.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Valid for one handshake: as the subprotocol `ticket.<value>`, or as the query parameter `ticket`. */
                        ticket: string;
                        ttl_seconds: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
