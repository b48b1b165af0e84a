using IopPlatform.AppHost;

var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddPostgres(ResourceNames.Postgres).WithDataVolume();
var messaging = builder.AddRabbitMQ(ResourceNames.Messaging).WithDataVolume();

var organisations = builder
    .AddService(ResourceNames.Organisations, "Organisations", postgres.AddDatabase(ResourceNames.OrganisationsDb), messaging);

var eligibility = builder
    .AddService(ResourceNames.Eligibility, "Eligibility", postgres.AddDatabase(ResourceNames.EligibilityDb), messaging)
    .WithReference(organisations);

// Each asks the other: who the parties are, and which guideline they are held to. Neither waits for the other.
organisations.WithReference(eligibility);

var agreements = builder
    .AddService(ResourceNames.Agreements, "Agreements", postgres.AddDatabase(ResourceNames.AgreementsDb), messaging)
    .WithReference(organisations)
    .WithReference(eligibility);

builder
    .AddService(ResourceNames.FollowUp, "FollowUp", postgres.AddDatabase(ResourceNames.FollowUpDb), messaging)
    .WithReference(agreements);

builder.Build().Run();
