using System.Diagnostics;
using Iop.DevIssuer;
using IopPlatform.AppHost;

namespace Iop.EndToEnd;

/// <summary>A client that is not ours, in another language.</summary>
[Collection(SharedSuite.Name)]
public sealed class InteropTests(Suite suite)
{
    [Fact]
    public async Task The_official_client_of_Node_calls_a_service_in_every_way()
    {
        var folder = Suite.Metadata("Interop");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await RunAsync("npm", folder, "ci", "--silent");
        }

        var token = suite.Issuer.Token(new TokenClaims { Municipality = "1283", Roles = ["case-officer"] });
        var told = await RunAsync("node", folder, "call.js", suite.Grpc(ResourceNames.Organisations).Authority, token, Told.NewNumber());

        Assert.Equal(
            ["health SERVING", "reflection DocumentRequirementsService DocumentsService FundingService OrganisationsService RepresentativesService VettingService", "unary ok", "rich error INVALID_FIELDS organisation.organisation_number", "stream same bytes"],
            told.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(Suite.Deadline());
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}");
        return await output;
    }
}
