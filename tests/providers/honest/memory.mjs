// Where the provider keeps its sessions, codes and tokens: in this process, through every rotation of keys.
const rows = new Map();

export function memory(model) {
  const key = (id) => `${model}:${id}`;
  const first = (field, value) => [...rows].find(([name, row]) => name.startsWith(`${model}:`) && row[field] === value)?.[1];
  return {
    upsert: async (id, row) => void rows.set(key(id), row),
    find: async (id) => rows.get(key(id)),
    findByUid: async (uid) => first('uid', uid),
    findByUserCode: async (code) => first('userCode', code),
    destroy: async (id) => void rows.delete(key(id)),
    consume: async (id) => void (rows.get(key(id)).consumed = Math.floor(Date.now() / 1000)),
    revokeByGrantId: async (grant) => {
      for (const [name, row] of rows) if (row.grantId === grant) rows.delete(name);
    },
  };
}
