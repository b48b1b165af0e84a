using Iop.Platform.Tests.Sample;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Iop.Platform.Tests;

/// <summary>A slim host has opinions of its own; an operator's settings go before them.</summary>
public sealed class OperatorSettingTests
{
    [Theory, InlineData("json"), InlineData("systemd")]
    public void The_form_of_the_log_is_the_one_set(string form)
    {
        using var services = Compose($"--Logging:Console:FormatterName={form}");

        Assert.Equal(form, services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    [Theory]
    [InlineData("", GssEncryptionMode.Disable)]
    [InlineData(";GSS Encryption Mode=Prefer", GssEncryptionMode.Prefer)]
    [InlineData(";GSS Encryption Mode=Require", GssEncryptionMode.Require)]
    public void Kerberos_encrypts_the_way_to_the_database_only_where_that_is_set(string setting, GssEncryptionMode expected)
    {
        using var services = Compose($"--ConnectionStrings:testsdb=Host=localhost;Username=owner;Database=notes{setting}");

        var connection = new NpgsqlConnectionStringBuilder(services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.Equal(expected, connection.GssEncryptionMode);
    }

    private static ServiceProvider Compose(string setting)
    {
        var builder = WebApplication.CreateSlimBuilder(["--ConnectionStrings:testsdb=Host=localhost;Username=owner;Database=notes", setting]);
        builder.AddPlatform<NotesDb>();
        return builder.Services.BuildServiceProvider();
    }
}
