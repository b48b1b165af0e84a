using Iop.FollowUp.Api;
using Iop.FollowUp.Consumers;
using Iop.FollowUp.Data;
using Iop.FollowUp.Schedulers;
using Iop.Platform;
using Iop.Scheduling;
using Iop.Sight;

namespace Iop.FollowUp;

/// <summary>The composition of the service.</summary>
public static class Program
{
    /// <summary>Runs the service, or brings its database up to date with the argument <c>migrate</c>.</summary>
    public static Task Main(string[] args) => Build(args).RunServiceAsync<FollowUpDb>(args);

    /// <summary>Composes the service.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">What a test replaces, such as the clock.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddPlatform<FollowUpDb>();
        builder.FollowRepresentations();
        builder.Services.AddSingleton(Agendas.Load());
        builder.Services.AddSingleton(OvercompensationRules.Load());
        builder.Services.AddSingleton(GivenNames.Load());
        builder.Services.AddScoped<PlanDesk>();
        builder.Services.AddScoped<PartsDesk>();
        builder.Services.AddScoped<PlanReminders>();
        builder.Services.AddScoped<OvercompensationDesk>();
        builder.Services.AddScoped<NewsDesk>();
        builder.Services.AddScoped<ReminderSender>();
        builder.AddScheduler<ReminderScheduler>();
        builder.AddRecurring<NoteSharer>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapGrpcService<FollowUpApi>();
        return app.MapPlatform();
    }
}
