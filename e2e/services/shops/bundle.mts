// The entry of a bundle, in which an async import would change the order.
import '@moneytrail/telemetry/register';
import './typescript.mts';
