using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace JieSuJiBan.Tests.Bench;

/// <summary>When something came over the circuits' web sockets and when something was sent, as the server sees it.</summary>
internal sealed class Wire : IStartupFilter
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(30);

    private readonly Lock _one = new();
    private readonly List<(long At, bool HasCome)> _passed = [];
    private long _last;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, go) =>
        {
            if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
            {
                context.Features.Set<IHttpUpgradeFeature>(new Listening(upgrade, this));
            }

            return go(context);
        });
        next(app);
    };

    /// <summary>Once nothing more passes.</summary>
    public async Task QuietAsync()
    {
        while (Stopwatch.GetElapsedTime(Volatile.Read(ref _last)) < s_quiet)
        {
            await Task.Delay(s_quiet / 6);
        }
    }

    /// <summary>
    /// How many milliseconds the server took since it was asked last: from whatever came to the last that was sent before more came, each
    /// time. So the browser is not waited for, unless it has sent what needs no answer; and what the server does between two messages of
    /// its own is lost if one of the browser comes in between, which needs a page that draws, reads on and draws again.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing came, or nothing was sent.</exception>
    public double Take()
    {
        lock (_one)
        {
            var (took, came, sent) = (TimeSpan.Zero, 0L, 0L);
            foreach (var (at, hasCome) in _passed)
            {
                if (!hasCome)
                {
                    sent = at;
                }
                else if (sent > 0 || came == 0)
                {
                    took += Answered();
                    (came, sent) = (at, 0);
                }
            }

            took += Answered();
            _passed.Clear();
            return took > TimeSpan.Zero ? took.TotalMilliseconds : throw new InvalidOperationException("Nothing passed over a web socket.");

            TimeSpan Answered() => came > 0 && sent > 0 ? Stopwatch.GetElapsedTime(came, sent) : TimeSpan.Zero;
        }
    }

    private void Note(bool hasCome)
    {
        lock (_one)
        {
            _passed.Add((_last = Stopwatch.GetTimestamp(), hasCome));
        }
    }

    private sealed class Listening(IHttpUpgradeFeature inner, Wire wire) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new Tapped(await inner.UpgradeAsync(), wire);
    }

    private sealed class Tapped(Stream inner, Wire wire) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read > 0)
            {
                wire.Note(hasCome: true);
            }

            return read;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            wire.Note(hasCome: false);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
        public override void Flush() => throw new NotSupportedException();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
