using System.Collections.Concurrent;
using Iop.Contracts.Events;
using Iop.Contracts.Events.Eligibility;
using Iop.Eligibility.Data;
using Iop.Eligibility.V1;
using Iop.Platform.Identity;
using Iop.Testing;
using MassTransit;

namespace Iop.Eligibility.Tests.Service;

/// <summary>The service as it runs, beside a register of organisations.</summary>
public sealed class EligibilityFixture() : RunningService<EligibilityDb>(Program.Build)
{
    public const string Eslov = "1285";
    public const string Gavle = "2180";
    public const string Falun = "2080";
    public const string Linkoping = "0580";
    public const string Helsingborg = "1283";

    private readonly ConcurrentQueue<IntegrationEvent> _heard = new();
    private readonly ConcurrentQueue<CaseLegallyAssessed> _assessed = new();
    private IBusControl? _bus;

    public OrganisationsDouble Organisations { get; } = new();

    public CasesService.CasesServiceClient Cases(string municipality, string role = Roles.CaseOfficer, string? subject = null, params string[] organisations) =>
        new(As(municipality, role, subject, organisations: organisations));

    public GuidelinesService.GuidelinesServiceClient Guidelines(string municipality, string role = Roles.GuidelineOwner) => new(As(municipality, role));

    /// <summary>The events that a subject has raised and the broker has delivered, in order, once there are so many.</summary>
    public async Task<IReadOnlyList<IntegrationEvent>> EventsOfAsync(string subject, int count = 1)
    {
        await Eventually.IsAsync(true, () => Task.FromResult(_heard.Count(@event => @event.Subject == subject) >= count));
        return [.. _heard.Where(@event => @event.Subject == subject)];
    }

    /// <summary>What was told of the legal assessments of a case, in order, once there are so many.</summary>
    public async Task<IReadOnlyList<CaseLegallyAssessed>> AssessmentsOfAsync(string subject, int count)
    {
        await Eventually.IsAsync(count, () => Task.FromResult(_assessed.Count(@event => @event.Subject == subject)));
        return [.. _assessed.Where(@event => @event.Subject == subject).OrderBy(@event => @event.Sequence)];
    }

    public override async Task InitializeAsync()
    {
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(TestServers.Broker));
            rabbit.ReceiveEndpoint($"test-eligibility-{Guid.NewGuid():N}", endpoint =>
            {
                (endpoint.AutoDelete, endpoint.Durable) = (true, false);
                endpoint.Handler<GuidelinePackPublished>(context => HearAsync(context.Message));
                endpoint.Handler<CaseDecided>(context => HearAsync(context.Message));
                endpoint.Handler<CaseCommitteesAssigned>(context => HearAsync(context.Message));
                endpoint.Handler<CaseDecisionAnnounced>(context => HearAsync(context.Message));
                endpoint.Handler<CaseLegallyAssessed>(context =>
                {
                    _assessed.Enqueue(context.Message);
                    return Task.CompletedTask;
                });
            });
        });
        await _bus.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Organisations.DisposeAsync();
        await _bus!.StopAsync();
    }

    protected override async Task<IReadOnlyList<string>> MoreArgumentsAsync() => [$"--services:organisations:Grpc:0={await Organisations.StartAsync()}"];

    private Task HearAsync(IntegrationEvent @event)
    {
        _heard.Enqueue(@event);
        return Task.CompletedTask;
    }
}

[CollectionDefinition(nameof(Eligibility))]
public sealed class EligibilityCollection : ICollectionFixture<EligibilityFixture>;
