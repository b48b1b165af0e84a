namespace Grpc.Core;

/// <summary>How a channel secures its connection, and which credentials each of its calls carries.</summary>
public abstract class ChannelCredentials
{
    /// <summary>Gets credentials without transport security.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>Gets TLS with the machine's own roots.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    internal virtual bool IsComposable => false;

    /// <summary>Joins channel credentials with credentials that every call shall carry.</summary>
    /// <param name="channelCredentials">The channel's part, itself not composed.</param>
    /// <param name="callCredentials">The part added to each call.</param>
    /// <returns>The whole.</returns>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
        => new Composite(channelCredentials, callCredentials);

    /// <summary>Shows what the credentials consist of to a channel's implementation; not for applications.</summary>
    /// <param name="configurator">The implementation's side.</param>
    /// <param name="state">Passed through to it.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);

    private sealed class InsecureCredentials : ChannelCredentials
    {
        // The channel, not this type, decides whether call credentials may travel in the clear.
        internal override bool IsComposable => true;

        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state)
            => configurator.SetInsecureCredentials(state);
    }

    private sealed class Composite : ChannelCredentials
    {
        private readonly ChannelCredentials _channelCredentials;
        private readonly CallCredentials _callCredentials;

        public Composite(ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            ArgumentNullException.ThrowIfNull(channelCredentials);
            ArgumentNullException.ThrowIfNull(callCredentials);
            if (!channelCredentials.IsComposable)
            {
                throw new ArgumentException(
                    $"Call credentials cannot be joined with {channelCredentials.GetType().Name}.",
                    nameof(channelCredentials));
            }

            _channelCredentials = channelCredentials;
            _callCredentials = callCredentials;
        }

        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state)
            => configurator.SetCompositeCredentials(state, _channelCredentials, _callCredentials);
    }
}
