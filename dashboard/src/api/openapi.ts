// Made by `npm run generate` from docs/openapi.json.
export interface paths {
    "/api/auth/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether protection is set up, and who is asking */
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
         * Log in with username and password, and a code where the second factor is on
         * @description Without the code the answer of an account with a second factor is 401 with `requires_totp: true`; ask for it and send all three.
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
         * @description Every API route is then open to whoever reaches the port. Refused once an owner exists.
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
         * @description Every API route is then open to whoever reaches the port. Refused once an owner exists.
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
         * @description Asks for the owner’s password, and for the code where the second factor is on and this session has not passed it. API tokens go on working.
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
         * Ask for tokens again where auth.json says enabled: false
         * @description Asks for the owner’s password.
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
         * A new session token for the refresh cookie
         * @description Each refresh token is good once; the answer sets the next. One that comes again ends all sessions.
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
        /** End this session; its tokens die with it */
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
        /** The caller, with the permissions as they are now */
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
        /** The caller’s own sessions, the last used first */
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
         * @description Every other session of the caller ends; API tokens go on.
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
         * @description Every other session of the caller ends; API tokens go on.
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
         * Start to enrol an authenticator
         * @description Nothing is on until a code of it was seen; one that is on stays on until then. Good for an hour; the next call replaces it.
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
         * Start to enrol an authenticator
         * @description Nothing is on until a code of it was seen; one that is on stays on until then. Good for an hour; the next call replaces it.
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
         * Finish an enrolment by a code of the authenticator
         * @description Switches the second factor on. This session has passed it then. Where another one was on, it is replaced and the caller’s other sessions end.
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
         * Finish an enrolment by a code of the authenticator
         * @description Switches the second factor on. This session has passed it then. Where another one was on, it is replaced and the caller’s other sessions end.
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
         * Switch the second factor off, by password
         * @description A code is asked unless this session has passed the second factor. The caller’s other sessions end.
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
         * Switch the second factor off, by a code
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
        /** Ten new backup codes in place of all there were */
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
         * Give one’s password again, for routes that answer STEP_UP_REQUIRED
         * @description Good for this session and five minutes. The code is asked where the second factor is on.
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
         * Mint a token for an integration
         * @description Asks for the password, and the code where the second factor is on. The token acts with its user’s permissions as they are at each use, within its scope: `read_only` unless told.
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
         * The caller’s API tokens, the newest first; the owner sees those of all
         * @description Revoked ones stay for as long as they would have lived.
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
         * Revoke a token from its next request on
         * @description Asks for nothing, and may be repeated. The owner revokes anybody’s.
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
         * Mint a successor; the old token lives for 24 hours more
         * @description The same name, scope, networks and lifetime. Asks for what minting asks for. A token is rotated once, by its own user.
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
         * Upload an avatar, or replace it
         * @description PNG, JPEG, WebP or GIF, at most 2 MB and 4096 pixels a side. The bytes must be a complete image of the declared type.
         */
        post: operations["uploadAvatar"];
        /**
         * Remove the caller’s avatar
         * @description Having none already is a success too.
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
        /** Everybody who can log in */
        get: operations["listUsers"];
        put?: never;
        /** Make a user */
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
        /** Remove a user with their sessions and API tokens */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description Another password, a second factor taken away or `is_active: false` ends the user’s sessions.
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
        /** Forget a user’s failed attempts */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be granted, with a sentence each */
        get: operations["listPermissions"];
        put?: never;
        post?: never;
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
         * The change that waits to be confirmed, or null
         * @description A change of TLS, trusted proxies or one’s own allow-list that was made with `confirm_within`.
         */
        get: operations["getPendingChange"];
        put?: never;
        /**
         * Keep the change that waits to be confirmed
         * @description By the user who made it, or one with `security.manage`, and under the new setting: over a connection made since, from an address the new list allows.
         */
        post: operations["confirmChange"];
        /**
         * Take the waiting change back at once
         * @description Whoever may confirm it may take it back.
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
         * Banned addresses, and whether fail2ban can be asked
         * @description Answered from memory; fail2ban is asked in the background, every half a minute.
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
         * @description 404 when it is not banned, 409 without fail2ban or its jail, 503 when fail2ban does not answer.
         */
        post: operations["unbanAddress"];
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
         * Security events, the newest first
         * @description The last million. `next_before` of one page is `before` of the next.
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
    "/api/ssl/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the port speaks, and under which certificate */
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
         * @description A 400 says which of the two files is wrong, and how.
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
         * Switch HTTPS on, or to another certificate
         * @description At once, on the same port. Connections that are open go on; their next request comes by HTTPS.
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
         * Switch HTTPS off
         * @description At once, on the same port. Connections that are open go on until their next request.
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
         * How this request came here, and what is wrong with that
         * @description The addresses from the peer outwards, whom of them is trusted and by which rule, and each fault with the one line that mends it.
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
        /** The proxies whose forwarding headers count */
        get: operations["getTrustedProxies"];
        /**
         * Replace the list of trusted proxies in settings.json
         * @description It adds to MONITOR_TRUSTED_PROXIES, and counts from the next request on.
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
         * Recorded terminals of all users, the newest first
         * @description Made where `MONITOR_TERMINAL_RECORD` is `on`, of what terminals show, not of what is typed.
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
        /** A recording, to play it back */
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
         * @description The latest background sample, at most a few seconds old. A null has its reason in `reasons`.
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
         * @description For probes and status pages: answered from memory, and without a token.
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
         * @description What this daemon is and what it can be asked.
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
        /** The caller’s own terminals; with `terminal.watch` those of others too */
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
         * @description One’s own; with `users.manage` also those of users whom one may change.
         */
        delete: operations["endTerminal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The envelope of every failure. */
        Error: {
            /** @enum {boolean} */
            success: false;
            /** @description A short title. */
            error: string;
            /** @description The reason, for people; its wording may change. */
            message: string;
            /** @description A stable code, for programs; docs/errors.md lists them. */
            code: string;
            /** @description The login needs a code of the second factor, or the one sent is wrong. */
            requires_totp?: boolean;
            /** @description The request's id in the daemon's log; with a 500. */
            request_id?: string;
            /** @description Where a request did not fit its schema. */
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
        /** @description No token, or one that is not good; or wrong credentials. */
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
        /** @description Known, and not allowed. */
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
        /** @description It does not fit the present state. */
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
        /** @description The body is of another type than this route takes. */
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
        /** @description A fault of the daemon. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Internal error",
                 *       "message": "something went wrong here; the log has the details",
                 *       "code": "INTERNAL",
                 *       "request_id": "k3v9-1"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Busy or broken; see Retry-After. */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "success": false,
                 *       "error": "Service unavailable",
                 *       "message": "auth.json cannot be read; the log says where the fault is",
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
                     *       "untrusted_proxy": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Tokens are asked for. */
                        auth_enabled: boolean;
                        /** @description The same as `configured`, under its older name. */
                        auth_configured: boolean;
                        /** @description Somebody has decided about protection; false on the first launch. */
                        configured: boolean;
                        /** @description The decision was to go without. */
                        declined: boolean;
                        /** @description This request carried a good token. */
                        authenticated: boolean;
                        /** @description Only to an authenticated caller. */
                        username: string | null;
                        /** @description Only to an authenticated caller. */
                        totp_enabled: boolean;
                        /** @description The first launch asks for MONITOR_SETUP_CODE. */
                        setup_code_required: boolean;
                        /** @description Before setup: a proxy that forwards here without being trusted. */
                        untrusted_proxy: string | null;
                    };
                };
            };
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
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Session token; send it as `Authorization: Bearer <token>`. */
                        token: string;
                        /** @description Seconds the token is good for. */
                        expires_in: number;
                        message: string;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
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
                     * @description At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a common one.
                     * @example Correct-Horse-7
                     */
                    password: string;
                    /** @description Asked where MONITOR_SETUP_CODE is set. */
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
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Session token; send it as `Authorization: Bearer <token>`. */
                        token: string;
                        /** @description Seconds the token is good for. */
                        expires_in: number;
                        message: string;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
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
                     *       "message": "Authentication declined",
                     *       "auth_declined": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @enum {boolean} */
                        auth_declined: true;
                    };
                };
            };
            403: components["responses"]["Forbidden"];
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
                     *       "message": "Authentication declined",
                     *       "auth_declined": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @enum {boolean} */
                        auth_declined: true;
                    };
                };
            };
            403: components["responses"]["Forbidden"];
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
                         * @description Always true in an answer of 2xx.
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
                         * @description Always true in an answer of 2xx.
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
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Session token; send it as `Authorization: Bearer <token>`. */
                        token: string;
                        /** @description Seconds the token is good for. */
                        expires_in: number;
                        message: string;
                        user: {
                            id: number;
                            username: string;
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
                        };
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
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
                     *         "is_active": true,
                     *         "permissions": [
                     *           "*"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
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
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
                        };
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
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
                             * @description When it last asked for something, to the second.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            last_used_at: string;
                            /**
                             * @description When it ends if it is not refreshed.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            expires_at: string;
                            /** @description Where it was opened from. */
                            address: string;
                            user_agent: string;
                            /** @description Opened from where this user had not logged in before. */
                            unusual: boolean;
                            /** @description It was opened with a code. */
                            second_factor: boolean;
                            /** @description It is the one asking. */
                            current: boolean;
                        }[];
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Sessions that were ended. */
                        ended: number;
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Sessions that were ended. */
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
                    /** @description `current_password` under its older name. */
                    old_password?: string;
                    /** @example Correct-Horse-7 */
                    new_password: string;
                    /** @description Where the second factor is on and this session has not passed it. */
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
                         * @description Always true in an answer of 2xx.
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
                    /** @description `current_password` under its older name. */
                    old_password?: string;
                    /** @example Correct-Horse-7 */
                    new_password: string;
                    /** @description Where the second factor is on and this session has not passed it. */
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
                         * @description Always true in an answer of 2xx.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        enabled: boolean;
                        /** @description The otpauth: URL of an enrolment that this session has started and not finished; else empty. */
                        qr_url: string;
                        backup_codes_left: number;
                    };
                };
            };
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
                     * @description Asked unless the session is younger than five minutes, and always where a second factor is on.
                     * @example Correct-Horse-7
                     */
                    password?: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description `totp_code` under another name.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Base32, for who cannot scan. */
                        secret: string;
                        /** @description What the QR code says. */
                        otpauth_url: string;
                        /** @description `otpauth_url` under another name. */
                        qr_url: string;
                        /** @description A picture: an SVG in a data: URL. */
                        qr_code: string;
                        /** @description Ten, each good once in place of a code; shown here and never again. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        enabled: boolean;
                        /** @description The otpauth: URL of an enrolment that this session has started and not finished; else empty. */
                        qr_url: string;
                        backup_codes_left: number;
                    };
                };
            };
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
                     * @description Asked unless the session is younger than five minutes, and always where a second factor is on.
                     * @example Correct-Horse-7
                     */
                    password?: string;
                    /**
                     * @description Six digits of the authenticator, or a backup code.
                     * @example 123456
                     */
                    totp_code?: string;
                    /**
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description `totp_code` under another name.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Base32, for who cannot scan. */
                        secret: string;
                        /** @description What the QR code says. */
                        otpauth_url: string;
                        /** @description `otpauth_url` under another name. */
                        qr_url: string;
                        /** @description A picture: an SVG in a data: URL. */
                        qr_code: string;
                        /** @description Ten, each good once in place of a code; shown here and never again. */
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
                         * @description Always true in an answer of 2xx.
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
                         * @description Always true in an answer of 2xx.
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
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description `totp_code` under another name.
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
                         * @description Always true in an answer of 2xx.
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
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description `totp_code` under another name.
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
                         * @description Always true in an answer of 2xx.
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
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    totp_token?: string;
                    /**
                     * @description `totp_code` under another name.
                     * @example 123456
                     */
                    token?: string;
                    /**
                     * @description `totp_code` under another name.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Ten, each good once in place of a code; shown here and never again. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /** @description Seconds the confirmation is good for. */
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
                     * @description The caller’s own, once more.
                     * @example Correct-Horse-7
                     */
                    password: string;
                    /**
                     * @description Where the second factor is on: six digits, or a backup code.
                     * @example 123456
                     */
                    totp_token?: string;
                    /** @description `totp_token` under its other name. */
                    totp_code?: string;
                    /**
                     * @description 1 to 64 characters, no control characters; best the consumer’s name. Names may repeat.
                     * @example Home Assistant
                     */
                    token_name: string;
                    /**
                     * @description `read_only` unless told.
                     * @example read_only
                     * @enum {string}
                     */
                    scope?: "read_only" | "full_admin";
                    /**
                     * @description Whole days; 365 unless told.
                     * @example 365
                     */
                    expires_in_days?: number;
                    /**
                     * @description Addresses and CIDRs it may be used from, separated by commas; empty for all.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The only place the token ever appears. */
                        token: string;
                        token_name: string;
                        /** @description In words; `expires_at` is for programs. */
                        expires_in: string;
                        id: string;
                        /** @example read_only */
                        scope: "read_only" | "full_admin";
                        expires_at: string;
                        /** @description Only where there are any. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        tokens: {
                            id: string;
                            name: string;
                            /** @description The last 4 characters, to tell tokens apart. */
                            token_prefix: string;
                            /** @example read_only */
                            scope: "read_only" | "full_admin";
                            /** @description Whose it is; the owner sees those of all. */
                            user_id: number;
                            /** @description Null when that user was removed. */
                            username: string | null;
                            created_at: string;
                            expires_at: string;
                            /** @description It was rotated, and ends then. */
                            ends_at?: string;
                            last_used_at: string | null;
                            last_used_ip: string | null;
                            /** @description Empty for everywhere. */
                            allowed_ips: string;
                            revoked: boolean;
                            /** @description Null where an old entry does not say what signed it. */
                            valid: boolean | null;
                            /** @description For people, where `valid` is false. */
                            invalidation_reason?: string;
                        }[];
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
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
                     * @description The caller’s own, once more.
                     * @example Correct-Horse-7
                     */
                    password: string;
                    /**
                     * @description Where the second factor is on: six digits, or a backup code.
                     * @example 123456
                     */
                    totp_token?: string;
                    /** @description `totp_token` under its other name. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The only place the token ever appears. */
                        token: string;
                        token_name: string;
                        /** @description In words; `expires_at` is for programs. */
                        expires_in: string;
                        id: string;
                        /** @example read_only */
                        scope: "read_only" | "full_admin";
                        expires_at: string;
                        /** @description Only where there are any. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty when none was chosen. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty when none was chosen. */
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
            /** @description The image as it was uploaded. */
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
            /** @description It is still the one that If-None-Match names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
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
                        /** @description The reason, for people; its wording may change. */
                        message: string;
                        /** @description A stable code, for programs; docs/errors.md lists them. */
                        code: string;
                        /** @description The login needs a code of the second factor, or the one sent is wrong. */
                        requires_totp?: boolean;
                        /** @description The request's id in the daemon's log; with a 500. */
                        request_id?: string;
                        /** @description Where a request did not fit its schema. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty when none was chosen. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        username: string;
                        /** @description Empty when none was chosen. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        users: {
                            id: number;
                            username: string;
                            /** @description Empty when none was chosen. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
                            allowed_ips: string;
                            totp_enabled: boolean;
                            /** @description ISO-8601, UTC. */
                            last_login_at: string | null;
                        }[];
                    };
                };
            };
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
                     * @description Empty for none.
                     * @example ada@example.com
                     */
                    email?: string;
                    /** @example support */
                    user_type?: "admin" | "reseller" | "support" | "collector" | "customer";
                    reseller_id?: number;
                    /** @description Without it the user cannot log in, and is out at once. */
                    is_active?: boolean;
                    /**
                     * @description GET /api/permissions lists them. Nobody grants what they lack.
                     * @example [
                     *       "system.view"
                     *     ]
                     */
                    permissions?: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
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
                     * @description At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a common one.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        user: {
                            id: number;
                            username: string;
                            /** @description Empty when none was chosen. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
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
                 * @description The user’s number.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        user: {
                            id: number;
                            username: string;
                            /** @description Empty when none was chosen. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
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
                 * @description The user’s number.
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
                         * @description Always true in an answer of 2xx.
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
                 * @description The user’s number.
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
                     * @description Empty for none.
                     * @example ada@example.com
                     */
                    email?: string;
                    /** @example support */
                    user_type?: "admin" | "reseller" | "support" | "collector" | "customer";
                    reseller_id?: number;
                    /** @description Without it the user cannot log in, and is out at once. */
                    is_active?: boolean;
                    /**
                     * @description GET /api/permissions lists them. Nobody grants what they lack.
                     * @example [
                     *       "system.view"
                     *     ]
                     */
                    permissions?: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
                    /**
                     * @description Networks this user may log in from, separated by commas; empty for all.
                     * @example 192.168.1.0/24, 2001:db8::/32
                     */
                    allowed_ips?: string;
                    /**
                     * @description At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a common one.
                     * @example Correct-Horse-7
                     */
                    password?: string;
                    /**
                     * @description Takes the second factor away; only its user can set one up.
                     * @enum {boolean}
                     */
                    totp_enabled?: false;
                    /** @description Take the change back after so many seconds unless POST /api/security/confirm-change arrives under the new setting. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        user: {
                            id: number;
                            username: string;
                            /** @description Empty when none was chosen. */
                            display_name: string;
                            email: string;
                            /** @example support */
                            user_type: "admin" | "reseller" | "support" | "collector" | "customer";
                            reseller_id: number;
                            is_active: boolean;
                            permissions: ("system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*")[];
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
                 * @description The user’s number.
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
                         * @description Always true in an answer of 2xx.
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
                 * @description The user’s number.
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
                         * @description Always true in an answer of 2xx.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        permissions: {
                            name: "system.view" | "logs.view" | "security.view" | "security.manage" | "health.manage" | "tokens.manage" | "users.manage" | "terminal.open" | "terminal.watch" | "*";
                            description: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        pending: {
                            /** @description tls, trusted_proxies or allowed_ips */
                            setting: string;
                            seconds_left: number;
                            /** @description When it is taken back, ISO-8601. */
                            deadline: string;
                        } | null;
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Whether fail2ban’s client program is there.
                         * @example true
                         */
                        installed: boolean;
                        /**
                         * @description What came of the last question: an answer, no program, no such jail, or none. While it is not `ok` the last list stays in force, for an hour at most.
                         * @example ok
                         * @enum {string}
                         */
                        state: "ok" | "absent" | "no_jail" | "unreachable";
                        /**
                         * @description Why the state is not ok.
                         * @example the fail2ban server is not running
                         */
                        reason: string | null;
                        /**
                         * @description The jail that is asked.
                         * @example proxmenux
                         */
                        jail: string;
                        /**
                         * @description When fail2ban gave this list, ISO-8601 UTC; null when there is none.
                         * @example 2026-04-24T14:32:11.000Z
                         */
                        checked_at: string | null;
                        /**
                         * @description Addresses with failures that are not enough for a ban; null when there is no list.
                         * @example 1
                         */
                        currently_failed: number | null;
                        /**
                         * @description Failures since the jail was started; null when there is no list.
                         * @example 12
                         */
                        total_failed: number | null;
                        /**
                         * @description Entries that are banned; null when there is no list.
                         * @example 1
                         */
                        currently_banned: number | null;
                        /**
                         * @description Bans since the jail was started; null when there is no list.
                         * @example 3
                         */
                        total_banned: number | null;
                        /**
                         * @description Whom the daemon refuses.
                         * @example [
                         *       {
                         *         "ip": "192.0.2.10"
                         *       }
                         *     ]
                         */
                        banned: {
                            /** @description An address, or a CIDR somebody banned by hand. */
                            ip: string;
                        }[];
                        /** @description The jail’s own settings, read every hour; null when they are not known. */
                        settings: {
                            /**
                             * @description Failures for a ban.
                             * @example 3
                             */
                            maxretry: number;
                            /**
                             * @description Seconds within which they count.
                             * @example 600
                             */
                            findtime: number;
                            /**
                             * @description Seconds a ban lasts; negative for good.
                             * @example 3600
                             */
                            bantime: number;
                        } | null;
                    };
                };
            };
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
                     * @description The address in any spelling, or a CIDR as it stands in the list.
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
                         * @description Always true in an answer of 2xx.
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
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Events in one answer; 100 unless told. */
                limit?: number;
                /** @description Only older ones: the `id` of an event, or a time (ISO-8601). */
                before?: string;
                /** @description Only events of this name. */
                event?: string;
                /** @description Only events of this user, as typed at the login or as shown here. */
                user?: string;
                /** @description Only events from this address, in any spelling. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        events: {
                            /** @description Counted from 1 on, in the order they were written. */
                            id: number;
                            time: string;
                            /** @description INFO or WARNING. */
                            level: string;
                            /** @description A stable name, for programs; docs/security.md lists them. */
                            event: string;
                            /** @description For people, as in the authentication log. */
                            message: string;
                            /** @description Whom it came from. */
                            ip: string;
                            /** @description As it was typed, with `\u{hex}` for what could end a line or a field. */
                            user: string;
                            /** @description Whom or what it was done to, where that is another. */
                            target: string | null;
                        }[];
                        /** @description `before` of the next page; null on the last. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Whether the port speaks HTTPS. */
                        enabled: boolean;
                        protocol: "http" | "https";
                        /** @description custom, proxmox, or none. */
                        source: string;
                        cert_path: string | null;
                        key_path: string | null;
                        certificate: {
                            subject: string;
                            issuer: string;
                            /** @description Host names and addresses it is for. */
                            names: string[];
                            /** @description ISO-8601, UTC. */
                            valid_from: string;
                            /** @description ISO-8601, UTC. */
                            valid_to: string;
                            /** @description Whole days; negative once it has expired. */
                            days_left: number;
                            /** @description RSA with its bits, EC with its curve, or Ed25519. */
                            key_type: string;
                            fingerprint_sha256: string;
                            /** @description Certificates in the file. */
                            chain_length: number;
                            self_signed: boolean;
                        } | null;
                        /** @description The certificate in use is one the daemon made, for want of the configured one. */
                        self_signed: boolean;
                        /** @description Why the configured certificate is not in use, for people. */
                        fault: string | null;
                        /** @description What works but should be looked at, for people. */
                        warnings: string[];
                        proxmox: {
                            available: boolean;
                            cert_path: string | null;
                            key_path: string | null;
                        };
                        /** @description Until the last change is taken back, unless it is confirmed. */
                        pending: {
                            seconds_left: number;
                        } | null;
                    };
                };
            };
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
                     * @description Absolute path of the certificate in PEM form, its chain behind it.
                     * @example /etc/ssl/monitor.pem
                     */
                    cert_path: string;
                    /**
                     * @description Absolute path of its private key in PEM form, without a passphrase.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        certificate: {
                            subject: string;
                            issuer: string;
                            /** @description Host names and addresses it is for. */
                            names: string[];
                            /** @description ISO-8601, UTC. */
                            valid_from: string;
                            /** @description ISO-8601, UTC. */
                            valid_to: string;
                            /** @description Whole days; negative once it has expired. */
                            days_left: number;
                            /** @description RSA with its bits, EC with its curve, or Ed25519. */
                            key_type: string;
                            fingerprint_sha256: string;
                            /** @description Certificates in the file. */
                            chain_length: number;
                            self_signed: boolean;
                        };
                        /** @description What works but should be looked at, for people. */
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
                     * @description `custom` (the default) takes the paths; `proxmox` the certificate of Proxmox itself.
                     * @example custom
                     */
                    source?: "custom" | "proxmox";
                    /**
                     * @description Absolute path of the certificate in PEM form, its chain behind it.
                     * @example /etc/ssl/monitor.pem
                     */
                    cert_path?: string;
                    /**
                     * @description Absolute path of its private key in PEM form, without a passphrase.
                     * @example /etc/ssl/monitor.key
                     */
                    key_path?: string;
                    /** @description Take the change back after so many seconds unless POST /api/security/confirm-change arrives under the new setting. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /**
                         * @description It is done already, in the running process.
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
                    /** @description Take the change back after so many seconds unless POST /api/security/confirm-change arrives under the new setting. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        message: string;
                        /**
                         * @description It is done already, in the running process.
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
                 * @description Where the browser sees the first page: its origin and base path. Without it nothing is compared.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description The socket's other end. */
                        peer: string;
                        forwarded: {
                            /** @description As it came, cut at 512 characters. */
                            "x-forwarded-for"?: string;
                            /** @description As it came, cut at 512 characters. */
                            "x-real-ip"?: string;
                            /** @description As it came, cut at 512 characters. */
                            "x-forwarded-proto"?: string;
                            /** @description As it came, cut at 512 characters. */
                            "x-forwarded-host"?: string;
                            /** @description As it came, cut at 512 characters. */
                            "x-forwarded-prefix"?: string;
                            /** @description As it came, cut at 512 characters. */
                            forwarded?: string;
                            /** @description As it came, cut at 512 characters. */
                            via?: string;
                        };
                        /** @description From the peer outwards; at most 40. */
                        hops: {
                            /** @description In one spelling; what is no address, as it came. */
                            address: string;
                            trusted: boolean;
                            /** @description The rule that decided. */
                            why: string;
                        }[];
                        /** @description The one address that log, limits, lockout and bans use. */
                        client_address: string;
                        scheme: "http" | "https";
                        host: string;
                        /** @description The base path a trusted proxy told; empty for none. */
                        prefix: string;
                        /** @description The connection to this daemon is TLS. */
                        encrypted: boolean;
                        tls: {
                            protocol: string;
                            cipher: string;
                        } | null;
                        http_version: string;
                        websocket: {
                            /** @description Where a WebSocket can be tried. */
                            path: string;
                        };
                        /** @description Worst first. */
                        problems: {
                            /** @description Stable, for programs. */
                            code: string;
                            severity: "error" | "warning" | "info";
                            /** @description What is wrong, and what follows from it. */
                            message: string;
                            /** @description The one line that mends it; null where there is nothing to mend. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Those of MONITOR_TRUSTED_PROXIES. */
                        configured: string[];
                        /** @description Those of settings.json, which add to them. */
                        added: string[];
                    };
                };
            };
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
                     * @description IP addresses, CIDRs, loopback, linklocal, uniquelocal.
                     * @example [
                     *       "192.168.1.5"
                     *     ]
                     */
                    proxies: string[];
                    /** @description Take the change back after so many seconds unless POST /api/security/confirm-change arrives under the new setting. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Those of MONITOR_TRUSTED_PROXIES. */
                        configured: string[];
                        /** @description Those of settings.json, which add to them. */
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        recordings: {
                            /** @description The terminal’s id, which the audit event of its opening has as its target. */
                            id: string;
                            /** @description Whose terminal it was. */
                            user: string;
                            /** @description `shell` or `lxc:<vmid>`. */
                            target: string;
                            /** @description Where it was opened from. */
                            address: string;
                            started_at: string;
                            /** @description Null while the terminal is open. */
                            ended_at: string | null;
                            /** @description How long the recording is by now. */
                            seconds: number;
                            /** @description How large the file is by now. */
                            bytes: number;
                        }[];
                    };
                };
            };
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
            /** @description An asciicast, version 2: `asciinema play` shows it. */
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
                         * @description Always true in an answer of 2xx.
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
                     *         "temperature": "this host shows no CPU temperature sensor"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description CPU time that was neither idle nor waiting for disks, stolen time included, percent.
                         * @example 12.4
                         */
                        cpu_usage: number | null;
                        /**
                         * @description CPU time in programs, nice ones included, percent.
                         * @example 8.1
                         */
                        cpu_user: number | null;
                        /**
                         * @description CPU time in the kernel, interrupts included, percent.
                         * @example 3.2
                         */
                        cpu_system: number | null;
                        /**
                         * @description Memory in use, percent.
                         * @example 45.8
                         */
                        memory_usage: number | null;
                        /**
                         * @description Memory fitted, GiB.
                         * @example 31.2
                         */
                        memory_total: number | null;
                        /**
                         * @description Memory that could not be handed out without swapping, GiB.
                         * @example 14.29
                         */
                        memory_used: number | null;
                        /**
                         * @description Page cache, buffers and reclaimable slab, GiB.
                         * @example 9.87
                         */
                        memory_cached: number | null;
                        /**
                         * @description CPU temperature, °C, of the hottest socket; null on a host without a sensor.
                         * @example 47
                         */
                        temperature: number | null;
                        /**
                         * @description The last hour of CPU temperature, a point a minute, oldest first; empty on a host without a sensor.
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
                         * @description Time since boot, for people.
                         * @example 3 days, 4:05:06
                         */
                        uptime: string | null;
                        /**
                         * @description Seconds since boot.
                         * @example 273906
                         */
                        uptime_seconds: number | null;
                        /**
                         * @description Load average over 1, 5 and 15 minutes.
                         * @example [
                         *       0.42,
                         *       0.38,
                         *       0.31
                         *     ]
                         */
                        load_average: number[] | null;
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
                         * @description Logical processors online.
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
                         * @description Packages that could be upgraded.
                         * @example 12
                         */
                        available_updates: number | null;
                        /**
                         * @description For each field that is null, why.
                         * @example {
                         *       "temperature": "this host shows no CPU temperature sensor"
                         *     }
                         */
                        reasons: {
                            [key: string]: string;
                        };
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /**
                         * @description Name of this host.
                         * @example pve1.example.com
                         */
                        hostname: string;
                        /**
                         * @description Time since boot, for people.
                         * @example 3d 4h 5m
                         */
                        uptime: string | null;
                        /**
                         * @description Seconds since boot.
                         * @example 273906
                         */
                        uptime_seconds: number | null;
                        /** @description Verdict on CPU, memory, swap, root file system and temperature. */
                        health: {
                            /**
                             * @description The worst of all checks. What this host lacks is left out; what cannot be read is a warning.
                             * @example healthy
                             * @enum {string}
                             */
                            status: "healthy" | "warning" | "critical";
                            /**
                             * @description What is wrong, in words.
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
                         * @description Always true in an answer of 2xx.
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Good once: as the subprotocol `ticket.<value>`, or in the query. */
                        ticket: string;
                        ttl_seconds: number;
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        /** @description Good once: as the subprotocol `ticket.<value>`, or in the query. */
                        ticket: string;
                        ttl_seconds: number;
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
                         * @enum {boolean}
                         */
                        success: true;
                        sessions: {
                            id: string;
                            /** @description Whose it is; null on a host without a password. */
                            user: string | null;
                            own: boolean;
                            /** @description `shell`, or `lxc:<vmid>`. */
                            target: string;
                            /**
                             * @description When it was opened.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            created_at: string;
                            /**
                             * @description When something was last typed.
                             * @example 2026-04-24T14:32:11.000Z
                             */
                            last_input_at: string;
                            cols: number;
                            rows: number;
                            /** @description Somebody is connected; else it waits to be resumed. */
                            attached: boolean;
                            watchers: number;
                            /** @description Where it is, or was last, used from. */
                            address: string;
                        }[];
                    };
                };
            };
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
                         * @description Always true in an answer of 2xx.
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
}
