using System.Text.Json;
using Grpc.Core;
using Iop.Eligibility.Api;
using Iop.Eligibility.Domain.Cases;
using Iop.Eligibility.V1;
using Iop.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Case = Iop.Eligibility.V1.Case;

namespace Iop.Benchmarks;

/// <summary>
/// The same reads as a bare gRPC method over raw Npgsql: one statement under the same role and row-level security, the same
/// columns, the same JSON and messages. No token, no pipeline, no EF Core. What the service costs above this is ours.
/// </summary>
internal sealed class Floor : IAsyncDisposable
{
    private readonly WebApplication _app;

    public Floor(string ownerConnection)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var connection = new NpgsqlConnectionStringBuilder(ownerConnection) { Options = "-c role=iop_eligibility", MaxAutoPrepare = 50 };
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection.ConnectionString));
        _app = builder.Build();
        _app.MapGrpcService<BareCases>();
    }

    public async Task<string> StartAsync()
    {
        await _app.StartAsync();
        return _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class BareCases(NpgsqlDataSource data) : CasesService.CasesServiceBase
    {
        private const string Columns =
            "id, revision, create_time, update_time, state, guideline_pack, organisation, organisations, facts, answers, motivations, dialogue, legal_assessments, assessors, xmin";

        public override async Task<Case> GetCase(GetCaseRequest request, ServerCallContext context)
        {
            var id = Guid.Parse(request.Name[(request.Name.LastIndexOf('/') + 1)..]);
            var found = await ReadAsync($"SELECT {Columns} FROM case_file WHERE municipality = $1 AND id = $2", id, context.CancellationToken);
            return found.Single();
        }

        public override async Task<ListCasesResponse> ListCases(ListCasesRequest request, ServerCallContext context) => new()
        {
            Cases = { await ReadAsync($"SELECT {Columns} FROM case_file WHERE municipality = $1 ORDER BY id DESC LIMIT $2", request.PageSize + 1, context.CancellationToken) },
        };

        private async Task<List<Case>> ReadAsync<T>(string sql, T argument, CancellationToken cancellation)
        {
            await using var connection = await data.OpenConnectionAsync(cancellation);
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand("SELECT set_config('iop.municipality', $1, true)") { Parameters = { new NpgsqlParameter<string> { TypedValue = SampleCase.Municipality } } },
                    new NpgsqlBatchCommand(sql)
                    {
                        Parameters = { new NpgsqlParameter<string> { TypedValue = SampleCase.Municipality }, new NpgsqlParameter<T> { TypedValue = argument } },
                    },
                },
            };
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            await reader.NextResultAsync(cancellation);
            var cases = new List<Case>();
            while (await reader.ReadAsync(cancellation))
            {
                var message = JsonSerializer.Deserialize<CaseContent>(reader.GetString(8), Json.Options)!.ToProto();
                message.Name = $"municipalities/{SampleCase.Municipality}/cases/{reader.GetGuid(0)}";
                message.GuidelinePack = reader.GetString(5);
                message.Etag = $"\"{reader.GetFieldValue<uint>(14)}\"";
                cases.Add(message);
            }

            return cases;
        }
    }
}
