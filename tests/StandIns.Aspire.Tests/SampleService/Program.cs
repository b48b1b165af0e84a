if (args.Contains("migrate")) return 0;
if (args.Contains("fail")) return 1;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health/ready", () => "ready");
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
await app.RunAsync();
return 0;
