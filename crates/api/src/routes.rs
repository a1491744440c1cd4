//! Every address of the worker: method, path, who may call it. The worker routes by this table and the OpenAPI document
//! is made of it, so that the two cannot differ.

/// Who may call an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Open,
    /// The device itself: its signature over the raw body.
    Device,
    /// The device itself, or a token with at least the role viewer.
    DeviceOrViewer,
    /// Any token.
    Viewer,
    /// A token with at least the role operator.
    Operator,
    /// A token with the role owner.
    Owner,
    /// A publishable storefront key, or a token with at least the role viewer. These answer to CORS.
    Storefront,
    /// An enrolment token, or a token with at least the role operator.
    Enrolment,
    /// The shop system's own signature, or a token with at least the role operator.
    ShopSystem,
}

/// One address.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// What is done there.
    pub operation: Operation,
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The path, its parameters in braces.
    pub path: &'static str,
    /// The name of the operation in the document.
    pub id: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Who may call it.
    pub access: Access,
}

macro_rules! routes {
    ($($operation:ident $id:literal $method:literal $path:literal $access:ident $summary:literal;)*) => {
        /// What can be asked of the worker.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Operation {
            $(#[doc = $summary] $operation,)*
        }

        /// All of them.
        pub const ROUTES: &[Route] = &[
            $(Route {
                operation: Operation::$operation,
                method: $method,
                path: $path,
                id: $id,
                summary: $summary,
                access: Access::$access,
            },)*
        ];
    };
}

routes! {
    ReceiveEvents "receiveEvents" "POST" "/v1/devices/{id}/events" Device "Takes signed CloudEvents from a device, one or a batch.";
    ListEvents "listEvents" "GET" "/v1/devices/{id}/events" Viewer "Lists a device's stored events in the order in which they came.";
    ListReadings "listReadings" "GET" "/v1/devices/{id}/readings" Viewer "Lists a device's readings per minute, hour or day.";
    RegisterDevice "registerDevice" "POST" "/v1/devices" Enrolment "Registers a device; its secret is shown once.";
    ListDevices "listDevices" "GET" "/v1/devices" Viewer "Lists devices.";
    ReadDevice "readDevice" "GET" "/v1/devices/{id}" Viewer "Shows a device with its state, gaps, keys and last readings.";
    ChangeDevice "changeDevice" "PATCH" "/v1/devices/{id}" Operator "Changes or revokes a device.";
    ReadTwin "readTwin" "GET" "/v1/devices/{id}/twin" DeviceOrViewer "Shows what is desired of a device and what it reported.";
    ChangeTwin "changeTwin" "PATCH" "/v1/devices/{id}/twin" Operator "Changes what is desired of a device, by JSON merge patch.";
    AddKey "addKey" "POST" "/v1/devices/{id}/keys" Operator "Gives a device its next key; the others expire a little later.";
    RemoveKey "removeKey" "DELETE" "/v1/devices/{id}/keys/{key}" Operator "Withdraws a key at once.";
    AddEnrolment "addEnrolment" "POST" "/v1/enrolments" Operator "Makes a token with which one device can register itself, once.";
    ListStock "listStock" "GET" "/v1/stock" Viewer "Lists stock for each product and site with its sources.";
    ReadStock "readStock" "GET" "/v1/stock/{sku}" Storefront "Shows the stock of a product at each site.";
    ReadStockOutlook "readStockOutlook" "GET" "/v1/stock/{sku}/outlook" Viewer "Shows how likely a product runs out on each day ahead, and what to order.";
    CountStock "countStock" "PUT" "/v1/stock/{sku}/count" Operator "Enters a stocktake.";
    ReceiveOrder "receiveOrder" "POST" "/v1/orders" ShopSystem "Takes an order in our format, or an order webhook of Shopify.";
    ListOrders "listOrders" "GET" "/v1/orders" Viewer "Lists orders, the latest first.";
    ReadOrder "readOrder" "GET" "/v1/orders/{id}" Viewer "Shows an order.";
    ForecastDemand "forecastDemand" "POST" "/v1/forecasts/demand" Viewer "Forecasts a series that is sent; nothing of it is kept.";
    ListForecasts "listForecasts" "GET" "/v1/forecasts" Viewer "Lists products at sites with what their forecasts say about the stock of this moment.";
    ListPeaks "listPeaks" "GET" "/v1/forecasts/peaks" Viewer "Lists peaks ahead, the next first.";
    ListTrends "listTrends" "GET" "/v1/forecasts/trends" Viewer "Lists products that take off and levels that moved lately, the surest first.";
    ReadForecast "readForecast" "GET" "/v1/forecasts/{sku}" Viewer "Shows the forecast of a product at each site, with the history that it is made of.";
    Live "live" "GET" "/v1/live" Storefront "Opens a WebSocket that tells what changes.";
    ListDeadLetters "listDeadLetters" "GET" "/v1/dead-letters" Operator "Lists messages that could not be worked off.";
    ReplayDeadLetter "replayDeadLetter" "POST" "/v1/dead-letters/{id}/replay" Operator "Sends such a message again.";
    DropDeadLetter "dropDeadLetter" "DELETE" "/v1/dead-letters/{id}" Operator "Drops such a message.";
    AddToken "addToken" "POST" "/v1/tokens" Owner "Makes a token; it is shown once.";
    ListTokens "listTokens" "GET" "/v1/tokens" Owner "Lists tokens.";
    RemoveToken "removeToken" "DELETE" "/v1/tokens/{id}" Owner "Withdraws a token at once.";
    AddStorefrontKey "addStorefrontKey" "POST" "/v1/storefront-keys" Owner "Makes a publishable key, bound to origins.";
    ListStorefrontKeys "listStorefrontKeys" "GET" "/v1/storefront-keys" Owner "Lists publishable keys.";
    RemoveStorefrontKey "removeStorefrontKey" "DELETE" "/v1/storefront-keys/{id}" Owner "Withdraws a publishable key at once.";
    ListAudit "listAudit" "GET" "/v1/audit" Owner "Lists who changed what, the latest first.";
    Me "me" "GET" "/v1/me" Viewer "Tells whose token this is.";
    ProveRollups "proveRollups" "POST" "/v1/rollups/proof" Operator "Rebuilds roll-ups from the devices' own events and compares.";
    ListEventTypes "listEventTypes" "GET" "/v1/event-types" Open "Lists the types of events that devices may send.";
    ReadEventType "readEventType" "GET" "/v1/event-types/{type}" Open "Shows the JSON Schema of a type of event.";
    PutCatalogue "putCatalogue" "PUT" "/v1/catalogue" Operator "Gives the assistant the shop's products, in place of those it knows.";
    ReadCatalogue "readCatalogue" "GET" "/v1/catalogue" Viewer "Gives the products that the assistant knows.";
    PutPolicy "putPolicy" "PUT" "/v1/policies/{language}/{name}" Operator "Gives the assistant one of the shop's policies.";
    ReadPolicy "readPolicy" "GET" "/v1/policies/{language}/{name}" Viewer "Gives one of the shop's policies.";
    DropPolicy "dropPolicy" "DELETE" "/v1/policies/{language}/{name}" Operator "Takes away one of the shop's policies.";
    ListPolicies "listPolicies" "GET" "/v1/policies" Viewer "Lists the shop's policies.";
    Chat "chat" "POST" "/v1/chat" Storefront "Says something to the assistant; its answer comes as Server-Sent Events.";
    ResumeChat "resumeChat" "GET" "/v1/chat/{id}/events" Storefront "Gives the events of a conversation after the one that was seen last.";
    EraseChat "eraseChat" "DELETE" "/v1/chat/{id}" Storefront "Erases a conversation with all that is kept of it.";
    WriteContent "writeContent" "POST" "/v1/content" Operator "Writes texts about a product from the facts of the catalogue.";
    ListOrderCodes "listOrderCodes" "GET" "/v1/order-codes" Operator "Lists codes that wait for being told to customers, the latest first.";
    ListReturns "listReturns" "GET" "/v1/returns" Viewer "Lists the returns that customers started, the latest first.";
    Health "health" "GET" "/healthz" Open "Tells that the worker answers and reaches its database.";
    Metrics "metrics" "GET" "/metrics" Viewer "Gives counts and times in Prometheus' text format.";
    Document "document" "GET" "/openapi.json" Open "Gives this document.";
}

/// The values of a path's parameters, in the order in which the path has them.
pub type Parameters<'a> = [Option<&'a str>; 2];

/// What a method and path lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// An address of the table.
    Operation(Operation, Parameters<'a>),
    /// The path is there, for these methods.
    OtherMethods(Vec<&'static str>),
    /// There is no such path.
    Nothing,
}

/// Finds the address of a request: the first of the table that fits. `path` is the path alone, as it was sent; an empty parameter is none.
#[must_use]
pub fn find<'a>(method: &str, path: &'a str) -> Found<'a> {
    let mut others = Vec::new();
    for route in ROUTES {
        let Some(parameters) = match_path(route.path, path) else { continue };
        if route.method == method {
            return Found::Operation(route.operation, parameters);
        }
        if !others.contains(&route.method) {
            others.push(route.method);
        }
    }
    if others.is_empty() { Found::Nothing } else { Found::OtherMethods(others) }
}

fn match_path<'a>(pattern: &str, path: &'a str) -> Option<Parameters<'a>> {
    let mut parameters = [None, None];
    let mut slots = parameters.iter_mut();
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        let part = parts.next()?;
        if wanted.starts_with('{') {
            if part.is_empty() {
                return None;
            }
            *slots.next()? = Some(part);
        } else if wanted != part {
            return None;
        }
    }
    if parts.next().is_some() { None } else { Some(parameters) }
}

impl Operation {
    /// Its line of the table.
    #[must_use]
    pub fn route(self) -> &'static Route {
        // The table has a line for each variant, in the same order: both come from one macro.
        ROUTES.get(self as usize).unwrap_or(&FIRST)
    }
}

const FIRST: Route = match ROUTES.first() {
    Some(route) => *route,
    None => panic!("the table has lines"),
};
