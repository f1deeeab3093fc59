"""Training steps of PyTorch on one thread: the networks of DeepNetworks.cs, and the soundscape thesis's fit in batches of one."""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)
BATCH, STEPS = 32, 5


class Last(nn.Module):
    """A recurrent layer's last output, or all of them; of two directions, each one's end."""

    def __init__(self, inputs, units, both=False, sequence=False):
        super().__init__()
        self.layer = nn.LSTM(inputs, units, batch_first=True, bidirectional=both)
        self.units, self.both, self.sequence = units, both, sequence

    def forward(self, x):
        y, _ = self.layer(x)
        if self.sequence:
            return y
        return torch.cat((y[:, -1, :self.units], y[:, 0, self.units:]), 1) if self.both else y[:, -1]


class Lambda(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.forward = function


def block(inputs, channels, kernel=3):
    return [nn.Conv2d(inputs, channels, kernel, padding=kernel // 2, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.MaxPool2d(2)]


def wide(inputs, dilation):
    return [nn.Conv1d(inputs, 96, 3, padding=dilation, dilation=dilation, bias=False), nn.BatchNorm1d(96), nn.ReLU()]


def same(inputs, channels):
    return nn.Conv2d(inputs, channels, 3, padding=1)


def average(*axes):
    return Lambda(lambda x: x.mean(axes))


def rows_in_time():
    return Lambda(lambda x: x.transpose(1, 2).flatten(2))


networks = {
    "autoencoder 16x8": ((1, 16, 8), lambda: nn.Sequential(
        same(1, 32), nn.ReLU(), nn.MaxPool2d(2), same(32, 64), nn.ReLU(), nn.MaxPool2d(2),
        same(64, 64), nn.ReLU(), nn.Upsample(scale_factor=2), same(64, 32), nn.ReLU(), nn.Upsample(scale_factor=2),
        same(32, 1), nn.Sigmoid())),
    "conv 64x64, 8-16-32-64": ((1, 64, 64), lambda: nn.Sequential(
        *block(1, 8), *block(8, 16), *block(16, 32), *block(32, 64), average(2, 3), nn.Linear(64, 8))),
    "conv-lstm 64x64": ((1, 64, 64), lambda: nn.Sequential(
        *block(1, 8), *block(8, 16), nn.AvgPool2d((1, 16)), rows_in_time(), Last(16, 48), nn.Linear(48, 8))),
    "series 128x3, conv + bilstm": ((3, 128), lambda: nn.Sequential(
        nn.Conv1d(3, 32, 5, padding=2), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool1d(2),
        Lambda(lambda x: x.transpose(1, 2)), Last(64, 32, both=True), nn.Linear(64, 8))),
    "wide 1-D 112x69": ((69, 112), lambda: nn.Sequential(
        *wide(69, 1), *wide(96, 2), *wide(96, 4), *wide(96, 8), average(2), nn.Linear(96, 8))),
    "2 lstm of 128, 30x54": ((30, 54), lambda: nn.Sequential(
        Last(54, 128, sequence=True), Last(128, 128), nn.Linear(128, 1))),
    "songs 128x216, 3.5 million": ((1, 128, 216), lambda: nn.Sequential(
        *block(1, 16, 5), *block(16, 32, 5), nn.Flatten(), nn.Linear(32 * 32 * 54, 64), nn.ReLU(), nn.Linear(64, 1))),
}


class Steps:
    """A few steps of one network: forward, backward and Adam."""

    def __init__(self, shape, network):
        self.network = network()
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=1e-4)
        self.x = torch.randn(BATCH, *shape)
        self.y = torch.zeros_like(self.network(self.x))

    def __call__(self):
        for _ in range(STEPS):
            self.optimiser.zero_grad()
            nn.functional.mse_loss(self.network(self.x), self.y).backward()
            self.optimiser.step()


def thesis():
    x, y = torch.randn(1092, 74), torch.randn(1092, 1)
    network = nn.Sequential(nn.Linear(74, 50), nn.ReLU(), nn.Dropout(0.2), nn.Linear(50, 20), nn.ReLU(), nn.Dropout(0.2),
                            nn.Linear(20, 1))
    optimiser = torch.optim.RMSprop(network.parameters(), lr=1e-3, alpha=0.9, eps=1e-7)
    for _ in range(10):
        for i in torch.randperm(len(x)).tolist():
            optimiser.zero_grad()
            nn.functional.mse_loss(network(x[i:i + 1]), y[i:i + 1]).backward()
            optimiser.step()


work = {name: Steps(*network) for name, network in networks.items()}
work["thesis"] = thesis

print("PyTorch", torch.__version__, flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    work[line.strip()]()
    print(time.perf_counter() - start, flush=True)
