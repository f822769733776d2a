// The service named by `APP`, after our import.
require('@moneytrail/telemetry/register');
require(process.env.APP);
