using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Iop.Testing;

namespace Iop.Platform.Tests;

/// <summary>What probes and general tools see, without a token.</summary>
[Collection(Notes.Name)]
public sealed class HealthTests(NotesFixture notes)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/deep")]
    public async Task Health_answers_over_http1_on_a_port_of_its_own(string path)
    {
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(notes.HealthAddress + path));

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(new Version(1, 1), response.Version);
    }

    [Theory]
    [InlineData("", StatusCode.OK)]
    [InlineData("iop.sample.v1.NotesService", StatusCode.OK)]
    [InlineData("iop.sample.v1.Unknown", StatusCode.NotFound)]
    public async Task The_grpc_health_protocol_knows_the_server_and_its_services(string service, StatusCode expected)
    {
        var client = new Grpc.Health.V1.Health.HealthClient(notes.Anonymous);
        var status = StatusCode.OK;
        try
        {
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest { Service = service })).Status);
        }
        catch (RpcException exception)
        {
            status = exception.StatusCode;
        }

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task A_watcher_is_told_the_state_at_once()
    {
        using var call = new Grpc.Health.V1.Health.HealthClient(notes.Anonymous).Watch(new HealthCheckRequest());

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, call.ResponseStream.Current.Status);
    }

    [Fact]
    public async Task Reflection_lists_the_services_and_their_files()
    {
        using var call = new ServerReflection.ServerReflectionClient(notes.Anonymous).ServerReflectionInfo();

        var services = await AskAsync(call, new ServerReflectionRequest { ListServices = "" });
        var file = await AskAsync(call, new ServerReflectionRequest { FileContainingSymbol = "iop.sample.v1.NotesService" });
        var unknown = await AskAsync(call, new ServerReflectionRequest { FileByFilename = "no.proto" });

        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "iop.sample.v1.NotesService"],
            services.ListServicesResponse.Service.Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.NotEmpty(file.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal((int)StatusCode.NotFound, unknown.ErrorResponse.ErrorCode);
    }

    [Fact]
    public Task The_migrated_schema_is_what_the_model_says() => SchemaAssert.ModelEqualsSchemaAsync(notes);

    private static async Task<ServerReflectionResponse> AskAsync(AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest question)
    {
        await call.RequestStream.WriteAsync(question);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }
}
