using System.Reflection;
using System.Text.RegularExpressions;
using Grpc.Core;
using Iop.Platform.Identity;

namespace Iop.Architecture.Tests;

/// <summary>The walls of the house.</summary>
public sealed class WallTests
{
    public static TheoryData<string> EachService => [.. Repository.Services];

    [Theory]
    [MemberData(nameof(EachService))]
    public void A_service_knows_the_contracts_Platform_and_the_rooms_beside_it_and_no_other_service(string service) =>
        Assert.Empty(Repository.OursKnownTo(Repository.AssemblyOf(service)).Except(["Iop.Contracts", "Iop.Platform", .. Repository.Rooms.Select(room => $"Iop.{room}")]));

    [Fact]
    public void The_contracts_know_nothing_of_ours() =>
        Assert.Empty(Repository.OursKnownTo(typeof(Contracts.Events.IntegrationEvent).Assembly));

    [Fact]
    public void Platform_knows_the_contracts_only() =>
        Assert.Equal(["Iop.Contracts"], Repository.OursKnownTo(Repository.Platform));

    [Theory]
    [InlineData("Scheduling", "Iop.Platform")]
    [InlineData("Sight", "Iop.Contracts", "Iop.Platform")]
    [InlineData("Typesetting")]
    public void A_room_beside_Platform_knows_no_other_room(string room, params string[] known) =>
        Assert.Equal(known, Repository.OursKnownTo(Repository.AssemblyOf(room)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(EachService))]
    public void The_domain_sees_no_database_no_wire_and_no_clock(string service)
    {
        var sins = Repository.Sources("services", service, "Domain")
            .SelectMany(file => Forbidden(service).Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"));

        Assert.Empty(sins);
    }

    [Fact]
    public void No_municipality_is_named_in_code()
    {
        var codes = Directory.EnumerateFiles(Path.Combine(Repository.Root, "services", "Eligibility", "Guidelines")).Select(file => Path.GetFileName(file)[..4]).ToHashSet();
        var names = Repository.Read("services", "Platform", "Tenancy", "municipalities.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => codes.Contains(line[..4])).Select(line => line[5..].Trim()).ToList();

        var named = Repository.Sources("services").Concat(Repository.Sources("contracts"))
            .SelectMany(file => names.Where(name => file.Text.Contains(name, StringComparison.OrdinalIgnoreCase)).Select(name => $"{file.Path}: {name}"));

        Assert.Equal(codes.Count, names.Count);
        Assert.Empty(named);
    }

    [Theory]
    [MemberData(nameof(EachService))]
    public void Every_rpc_declares_beside_its_implementation_who_may_call_it(string service)
    {
        var rpcs = Repository.AssemblyOf(service).GetTypes()
            .Where(type => type is { IsAbstract: false } && type.BaseType?.GetCustomAttribute<BindServiceMethodAttribute>() is not null)
            .SelectMany(api => api.BaseType!.GetMethods().Where(method => method.IsVirtual && method.DeclaringType == api.BaseType)
                .Select(contract => (contract.Name, Method: api.GetMethod(contract.Name)!)))
            .ToList();

        Assert.NotEmpty(rpcs);
        Assert.All(rpcs, rpc =>
        {
            Assert.NotEqual(rpc.Method.DeclaringType, rpc.Method.GetBaseDefinition().DeclaringType);
            var access = rpc.Method.GetCustomAttribute<AccessAttribute>();
            Assert.True(access is { Roles.Count: > 0 }, $"{rpc.Name} declares no access.");
            Assert.All(access.Roles, role => Assert.Contains(role, Roles.All));
        });
    }

    [Fact]
    public void Every_event_names_the_services_that_act_on_it_and_no_other()
    {
        var acting = Repository.Services
            .SelectMany(service => Repository.AssemblyOf(service).GetTypes().Select(type => (Service: service.ToLowerInvariant(), Event: EventOf(type))))
            .Where(consumer => consumer.Event is not null)
            .Select(consumer => $"{consumer.Event!.Name} by {consumer.Service}")
            .Order(StringComparer.Ordinal);
        var awaited = typeof(Contracts.Events.IntegrationEvent).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttribute<Contracts.Events.AwaitedByAttribute>()?.Services.Select(service => $"{type.Name} by {service}") ?? [])
            .Order(StringComparer.Ordinal);

        Assert.NotEmpty(acting);
        Assert.Equal(acting, awaited);

        static Type? EventOf(Type type) => type is { IsAbstract: false } && Bases(type)
            .FirstOrDefault(ancestor => ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(Iop.Platform.Messaging.EventConsumer<>)) is { } consumer
            ? consumer.GetGenericArguments()[0]
            : null;

        static IEnumerable<Type> Bases(Type type)
        {
            for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            {
                yield return ancestor;
            }
        }
    }

    [Theory]
    [MemberData(nameof(EachService))]
    public void A_program_reads_top_to_bottom(string service) =>
        Assert.InRange(Repository.Read("services", service, "Program.cs").Split('\n').Length, 10, 60);

    private static Regex Forbidden(string service) => new(
        $@"using (Microsoft\.EntityFrameworkCore|Npgsql|Grpc|Google|MassTransit|Microsoft\.AspNetCore|Iop\.\w+\.V1|Iop\.{service}\.(Data|Api|Consumers))[\w.]*;|DateTime(Offset)?\.(Utc)?Now",
        RegexOptions.None, TimeSpan.FromSeconds(5));
}
