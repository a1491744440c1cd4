//! Who calls: tokens by role, publishable keys by origin. Tokens are looked up for every call, so that one that is
//! withdrawn stops to hold at once.

use serde::Deserialize;
use subtle::ConstantTimeEq as _;
use vitrine_api::{
    access::Role,
    problem::{Problem, ProblemKind},
    routes::{Access, Operation},
};
use worker::{Env, Request};

use crate::{
    clock,
    database::Database,
    failure::{Failure, Outcome},
    random, request,
};

/// Somebody whose credential holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Caller {
    /// A token.
    Token {
        /// Its id; `owner` for the one set at deployment.
        id: String,
        role: Role,
        label: String,
    },
    /// A page of the shop, by a publishable key.
    Storefront {
        /// The key's id.
        id: String,
        /// The origin it is allowed for.
        origin: String,
    },
    /// Nobody in particular: the address is open, or checks the credential itself.
    Anyone,
}

impl Caller {
    /// What the audit log calls them.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Token { id, .. } => id.clone(),
            Self::Storefront { id, .. } => format!("storefront-key {id}"),
            Self::Anyone => "anyone".to_owned(),
        }
    }
}

/// Checks the request's credential against what the operation asks for.
///
/// # Errors
/// 401 where there is none that holds, 403 where it allows less.
pub(crate) async fn check(operation: Operation, request: &Request, env: &Env) -> Outcome<Caller> {
    let credential = request::bearer(request);
    check_credential(operation.route().access, credential.as_deref(), request, env).await
}

/// The same for a credential that came another way.
pub(crate) async fn check_credential(
    access: Access,
    credential: Option<&str>,
    request: &Request,
    env: &Env,
) -> Outcome<Caller> {
    let wanted = match access {
        // The device's object and the shop system's secret decide.
        Access::Open | Access::Device => return Ok(Caller::Anyone),
        Access::DeviceOrViewer | Access::Enrolment | Access::ShopSystem if !is_token(credential) => {
            return Ok(Caller::Anyone);
        }
        Access::DeviceOrViewer | Access::Viewer | Access::Storefront => Role::Viewer,
        Access::Enrolment | Access::ShopSystem | Access::Operator => Role::Operator,
        Access::Owner => Role::Owner,
    };
    let credential = credential.ok_or_else(Problem::unauthenticated)?;
    if credential.starts_with(STOREFRONT_KEY) {
        let caller = storefront(credential, request, env).await?;
        return if access == Access::Storefront { Ok(caller) } else { Err(too_low(wanted)) };
    }
    let caller = token(credential, env).await?;
    match &caller {
        Caller::Token { role, .. } if *role >= wanted => Ok(caller),
        _ => Err(too_low(wanted)),
    }
}

/// What publishable keys begin with.
pub(crate) const STOREFRONT_KEY: &str = "vsk_";
/// What tokens begin with.
pub(crate) const TOKEN: &str = "vat_";

fn is_token(credential: Option<&str>) -> bool {
    credential.is_some_and(|credential| credential.starts_with(TOKEN) || credential.starts_with(STOREFRONT_KEY))
}

fn too_low(wanted: Role) -> Failure {
    let role = match wanted {
        Role::Viewer => "viewer",
        Role::Operator => "operator",
        Role::Owner => "owner",
    };
    Failure::refused(ProblemKind::Forbidden, format!("This needs a token with the role {role}."))
}

async fn token(credential: &str, env: &Env) -> Outcome<Caller> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        hash: String,
        role: Role,
        label: String,
        expires: Option<i64>,
    }
    // 43 characters of base64url stand for 32 bytes; anything else is not worth a look into the database.
    if !credential.starts_with(TOKEN) || credential.len() != TOKEN.len() + 43 {
        return Err(Problem::unauthenticated().into());
    }
    let hash = random::sha256(credential);
    if let Ok(owner) = env.secret("OWNER_TOKEN_SHA256")
        && same(&owner.to_string().trim().to_ascii_lowercase(), &hash)
    {
        let label = "set at deployment".to_owned();
        return Ok(Caller::Token { id: "owner".to_owned(), role: Role::Owner, label });
    }
    let sql = "SELECT id, hash, role, label, expires FROM tokens WHERE hash = ?1";
    let row: Option<Row> = Database::of(env)?.row(sql, &[hash.as_str().into()]).await?;
    match row {
        Some(row)
            if same(&row.hash, &hash) && row.expires.is_none_or(|expires| expires > clock::now().milliseconds()) =>
        {
            Ok(Caller::Token { id: row.id, role: row.role, label: row.label })
        }
        _ => Err(Problem::unauthenticated().into()),
    }
}

async fn storefront(credential: &str, request: &Request, env: &Env) -> Outcome<Caller> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
    }
    let origin = origin_of(request)?;
    let sql = "SELECT id FROM storefront_keys JOIN storefront_origins ON key_id = id WHERE key = ?1 AND origin = ?2";
    let row: Option<Row> = Database::of(env)?.row(sql, &[credential.into(), origin.as_str().into()]).await?;
    row.map(|row| Caller::Storefront { id: row.id, origin }).ok_or_else(|| Problem::unauthenticated().into())
}

/// Where the calling page comes from. Browsers leave it out for pages of the very same origin.
pub(crate) fn origin_of(request: &Request) -> Outcome<String> {
    match request::header(request, "origin") {
        Some(origin) => Ok(origin),
        None => Ok(request.url()?.origin().ascii_serialization()),
    }
}

/// Whether some publishable key is allowed for an origin.
pub(crate) async fn is_known_origin(origin: &str, env: &Env) -> Outcome<bool> {
    #[derive(Deserialize)]
    struct Row {}
    let sql = "SELECT 1 FROM storefront_origins WHERE origin = ?1 LIMIT 1";
    Ok(Database::of(env)?.row::<Row>(sql, &[origin.into()]).await?.is_some())
}

/// Compares without telling by time where the difference is.
fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
